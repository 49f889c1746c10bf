package org.hscl.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.hscl.Hscl;
import org.hscl.chart.Charts;
import org.hscl.chart.Notebook;
import org.hscl.detect.AnomalyDetector;
import org.hscl.detect.Tiny;
import org.hscl.scenario.OwnScenario;
import org.hscl.train.CheckpointConfig;
import org.hscl.train.RunOptions;
import org.hscl.train.TrainingListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a machine reads is the same in every language, also where numbers are written in other digits. */
class MachineFormatsTest {

    @TempDir
    Path folder;

    private static <T> T in(Locale language, Supplier<T> work) {
        Locale before = Locale.getDefault();
        Locale.setDefault(language);
        try {
            return work.get();
        } finally {
            Locale.setDefault(before);
        }
    }

    /** Names of files, and texts that others read. */
    private List<String> written(String name) {
        Path out = folder.resolve(name);
        List<String> all = new ArrayList<>();
        RunOptions options = RunOptions.defaults().withDevice("cpu").withCheckpoints(CheckpointConfig.to(out.resolve("checkpoints")));
        try (AnomalyDetector detector = Hscl.fit(Tiny.split(), Tiny.config(), options, TrainingListener.silent())) {
            detector.save(out.resolve("detector"));
            detector.history().writeCsv(out.resolve("history.csv"));
            all.add(detector.weightsSha256());
            all.add(Charts.threshold(detector.trainingScores(), detector.threshold()).asJavascript("chart"));
            all.add(Charts.confusion(new double[] {1, 2}, new boolean[] {true, false}, 1.5).asJavascript("chart"));
            all.add(Notebook.html(ResultTable.of(List.of())));
        }
        OwnScenario.writeExample(Tiny.split(), out.resolve("example"));
        Runner.at(out.resolve("results")).withDevice("cpu").withData(Toys::data).withMethods(method -> new Toys.Darkness(seed -> {}))
                .execute(Toys.seeds(2));
        List<Result> results = ResultStore.read(out.resolve("results"));
        results.forEach(result -> all.addAll(List.of(result.id(), result.experiment().label(), SizeLabel.of(result))));
        Presets.named("ablations", Size.SMOKE).experiments().forEach(experiment -> all.addAll(List.of(experiment.id(), experiment.label())));
        all.add(Summary.of(.5, .75).text());
        all.add(Summary.table(ResultTable.of(results), ResultTable.AUROC, "method", "size").write().toString("csv"));
        try (Stream<Path> files = Files.walk(out)) {
            files.map(file -> out.relativize(file).toString()).sorted().forEach(all::add);
            all.add(Files.readAllLines(out.resolve("history.csv")).get(1).replaceFirst(",[^,]*$", "")); // but the speed
            all.add(Files.readString(out.resolve("checkpoints/epoch-0002-step-000000/checkpoint.json")).replaceAll("\"imagesPerSecond\".*", ""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }

    @Test
    void everyFileAndTextIsTheSameWhereDigitsAreArabic() {
        List<String> english = in(Locale.ROOT, () -> written("english"));
        List<String> egyptian = in(Locale.forLanguageTag("ar-EG"), () -> written("egyptian"));
        assertEquals("٠٫٥", in(Locale.forLanguageTag("ar-EG"), () -> "%.1f".formatted(.5)), "this Java has such digits");
        assertTrue(english.stream().anyMatch(text -> text.endsWith("epoch-0002-step-000000")), english::toString);
        assertEquals(english, egyptian);
    }
}
