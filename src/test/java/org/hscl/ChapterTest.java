package org.hscl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hscl.detect.Tiny;
import org.hscl.engine.ComputeDevice;
import org.hscl.engine.Torch;
import org.hscl.eval.NormalityScore;
import org.hscl.scenario.Split;
import org.hscl.train.HsclConfig;
import org.hscl.train.Trainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The method on one page is the method of the library. */
class ChapterTest {

    /** Batches so large that each has labels of both kinds, and so small that some have none. */
    @ParameterizedTest
    @ValueSource(ints = {16, 5})
    void itsStepsAreTheTrainers(int batchSize) {
        Split split = Tiny.split();
        HsclConfig config = Tiny.config().withEpochs(1).withBatchSize(batchSize);
        List<Map<String, Float>> expected = new ArrayList<>();
        try (Chapter chapter = new Chapter(split, config);
                Trainer trainer = new Trainer(
                        split.train(), split.labels(), config, ComputeDevice.choose("cpu"), Optional.empty(), progress -> {})) {
            trainer.train(progress -> expected.add(progress.losses()));
            for (int step = 0; step < chapter.steps(); step++) {
                Map<String, Float> actual = chapter.step(0, step);
                float total = 0;
                for (String name : actual.keySet()) {
                    assertEquals(expected.get(step).get(name), actual.get(name), 1e-6f, name + " of step " + step);
                    assertTrue(actual.get(name) >= 0, name);
                    total += actual.get(name);
                }
                assertEquals(expected.get(step).get("total"), total, 2e-6f);
            }
            assertEquals(chapter.steps(), expected.size());
            for (String name : trainer.encoder().weights().names()) {
                assertArrayEquals(
                        trainer.encoder().weights().get(name).toFloatArray(),
                        chapter.encoder().weights().get(name).toFloatArray(), name);
            }
            assertArrayEquals(
                    NormalityScore.of(split.test(), trainer.encoder(), Torch.engine().newBaseManager()),
                    chapter.score(split.test()), 1e-6);
        }
    }

    @Test
    void itStaysAChapter() throws IOException {
        assertTrue(Files.readAllLines(Path.of("src/main/java/org/hscl/Chapter.java")).size() <= 220);
    }
}
