package org.hscl.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.hscl.data.ImageSet;
import org.hscl.data.TrainTest;
import org.hscl.scenario.OneClass;
import org.hscl.scenario.SampleState;
import org.hscl.scenario.Split;
import org.junit.jupiter.api.Test;

/** The released rule gives the counts that were recorded from the authors' code. */
class SplitCountsGoldenTest {

    @Test
    void releasedRuleGivesTheRecordedCounts() throws IOException {
        JsonNode cases = new ObjectMapper()
                .readTree(Golden.folder().resolve("split_counts.json").toFile());
        assertFalse(cases.isEmpty());
        for (JsonNode expected : cases) {
            List<String> normal = new ArrayList<>();
            expected.get("normal_classes").forEach(label -> normal.add(label.asText()));
            Split split = OneClass.released()
                    .withNormal(normal.toArray(String[]::new))
                    .withLabeledRatios(
                            expected.get("labeled_normal_ratio").asDouble(),
                            expected.get("labeled_abnormal_ratio").asDouble())
                    .withPollutionRatio(expected.get("pollution_ratio").asDouble())
                    .split(onePixelImages(
                            expected.get("classes").asInt(),
                            expected.get("images_per_class").asInt()));
            for (SampleState state : SampleState.values()) {
                assertEquals(
                        expected.get(state.name().toLowerCase(Locale.ROOT)).asInt(),
                        split.count(state),
                        state + " of " + expected);
            }
        }
    }

    private static TrainTest onePixelImages(int classes, int perClass) {
        int[] labels =
                IntStream.range(0, classes * perClass).map(i -> i / perClass).toArray();
        List<String> names =
                IntStream.range(0, classes).mapToObj(Integer::toString).toList();
        ImageSet train = new ImageSet("train", "test", 1, new byte[3 * labels.length], labels, names);
        return new TrainTest(train, train.select(new int[0]));
    }
}
