package org.hscl.detect;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hscl.data.DataException;
import org.hscl.data.ImageSet;
import org.hscl.eval.EnsembleConfig;
import org.hscl.eval.Threshold;
import org.hscl.loss.LossTerms;
import org.hscl.scenario.Label;
import org.hscl.scenario.SampleState;
import org.hscl.scenario.Split;
import org.hscl.train.RunOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.Timeout;
import org.hscl.engine.Torch;
import ai.djl.ndarray.NDManager;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;

class AnomalyDetectorTest {

    private static AnomalyDetector detector;
    private static ImageSet test;

    @TempDir
    Path folder;

    @BeforeAll
    static void fit() {
        detector = Tiny.fit(Tiny.config());
        test = Tiny.split().test();
    }

    @AfterAll
    static void close() {
        detector.close();
    }

    @Test
    void aClosedDetectorSaysWhatToDo() {
        AnomalyDetector closed = Tiny.fit(Tiny.config());
        closed.close();
        closed.close();
        for (Executable use : List.<Executable>of(() -> closed.score(test), () -> closed.features(test), () -> closed.save(folder),
                () -> closed.withThreshold("labels").predict(test), closed::weightsSha256)) {
            assertEquals("this detector was closed; run the training cell again, or load the detector",
                    assertThrows(IllegalStateException.class, use).getMessage());
        }
        assertEquals(detector.config(), closed.config());
    }

    @Test
    @Timeout(60)
    void theMemoryOfADetectorThatNobodyHoldsIsFreed() {
        NDManager manager = Torch.engine().newBaseManager();
        NativeMemory memory = new NativeMemory(manager);
        assertEquals(Boolean.TRUE, memory.during(inside -> {
            System.gc();
            return inside.isOpen();
        }));
        memory = null;
        while (manager.isOpen()) { // ends the test by its time limit where nothing frees it
            System.gc();
            Thread.onSpinWait();
        }
        assertFalse(manager.isOpen());
    }

    @Test
    void aLoadedDetectorIsTheSavedOne() {
        Path saved = folder.resolve("digits");
        detector.save(saved);
        try (AnomalyDetector loaded = AnomalyDetector.load(saved, "cpu")) {
            assertArrayEquals(detector.score(test), loaded.score(test));
            assertArrayEquals(detector.predict(test), loaded.predict(test));
            assertArrayEquals(detector.projections(test), loaded.projections(test));
            assertArrayEquals(detector.features(test), loaded.features(test));
            assertEquals(detector.config(), loaded.config());
            assertEquals(detector.history(), loaded.history());
            assertEquals(detector.classNames(), loaded.classNames());
            assertEquals(detector.threshold(), loaded.threshold());
            assertEquals(detector.steps(), loaded.steps());
            assertEquals(detector.weightsSha256(), loaded.weightsSha256());
            assertArrayEquals(detector.trainingScores().all(), loaded.trainingScores().all());
            EnsembleConfig ensemble = EnsembleConfig.defaults().withSamples(1);
            assertArrayEquals(
                    detector.ensembleScore(test, Tiny.split().train(), ensemble),
                    loaded.ensembleScore(test, Tiny.split().train(), ensemble));
        }
    }

    @Test
    void aDetectorWithoutPrototypesScoresByItsNeighboursAfterLoadingToo() {
        Path saved = folder.resolve("neighbours");
        var split = Tiny.split();
        var config = Tiny.config().withEpochs(10);
        var loss = config.loss().withTerms(LossTerms.all().withoutPrototypes());
        try (AnomalyDetector without = Tiny.fit(config.withLoss(loss))) {
            without.save(saved);
            try (AnomalyDetector loaded = AnomalyDetector.load(saved, "cpu")) {
                assertArrayEquals(without.score(test), loaded.score(test));
            }
            String sentence = assertThrows(IllegalArgumentException.class,
                    () -> without.ensemble(split.train(), EnsembleConfig.defaults())).getMessage();
            assertTrue(sentence.contains("trained without"), sentence);
            int[] reference = IntStream.range(0, split.train().count())
                    .filter(i -> split.labels()[i] != Label.ABNORMAL)
                    .toArray();
            float[][] z = without.projections(split.train().select(reference));
            double[] expected = IntStream.range(0, reference.length)
                    .filter(i -> split.labels()[reference[i]] == Label.NORMAL)
                    .mapToDouble(i -> nearestOther(z, i))
                    .toArray();
            assertArrayEquals(expected, without.trainingScores().labeledNormal(), 1e-6);
            assertTrue(DoubleStream.of(expected).min().orElseThrow() < 1 - 1e-4, "images differ: " + Arrays.toString(expected));
        }
    }

    private static double nearestOther(float[][] z, int row) {
        return IntStream.range(0, z.length).filter(i -> i != row).mapToDouble(i -> cosine(z[i], z[row])).max().orElseThrow();
    }

    private static double cosine(float[] a, float[] b) {
        double product = 0;
        double ofA = 0;
        double ofB = 0;
        for (int i = 0; i < a.length; i++) {
            product += (double) a[i] * b[i];
            ofA += (double) a[i] * a[i];
            ofB += (double) b[i] * b[i];
        }
        return product / Math.sqrt(ofA * ofB);
    }

    @Test
    void trainingScoresAreThoseOfTheImagesByLabel() {
        var split = Tiny.split();
        double[] scores = detector.score(split.train());
        double[] labeledAbnormal =
                IntStream.of(split.rowsOf(SampleState.LABELED_ABNORMAL)).mapToDouble(i -> scores[i]).toArray();
        assertArrayEquals(labeledAbnormal, detector.trainingScores().labeledAbnormal());
        assertEquals(
                split.count(SampleState.UNLABELED_NORMAL) + split.count(SampleState.UNLABELED_ABNORMAL),
                detector.trainingScores().ofUnlabeled().count());
        assertEquals("labels", detector.threshold().rule());
    }

    @Test
    void imagesThatAllScoreAlikeAreReportedAsACollapse() {
        var split = Tiny.split();
        ImageSet train = split.train();
        ImageSet gray = new ImageSet(
                "gray", "test", train.size(), new byte[train.pixels().length], train.labels(), train.classNames());
        List<String> messages = new ArrayList<>();
        Split same = new Split("gray", gray, split.states(), split.test(), split.testAbnormal(), List.of());
        var options = RunOptions.defaults().withDevice("cpu");
        AnomalyDetector.fit(same, Tiny.config().withEpochs(1), options, Tiny.keeping(messages)).close();
        assertTrue(messages.get(messages.size() - 1).contains("the prototypes have collapsed"), messages::toString);
        messages.clear();
        AnomalyDetector.fit(split, Tiny.config().withEpochs(10), options, Tiny.keeping(messages)).close();
        assertEquals(1, messages.size(), messages::toString); // the device
    }

    @Test
    void aRankingStartsWithTheLeastNormalFile() {
        List<String> names = IntStream.range(0, test.count()).mapToObj(i -> i + ".png").toList();
        ImageSet own = new ImageSet("own", "", test.size(), test.pixels(), test.labels(), test.classNames(), names);
        double[] scores = detector.score(test);
        int lowest = IntStream.range(0, scores.length).boxed().min(Comparator.comparingDouble(i -> scores[i])).orElseThrow();
        Table ranking = detector.withThreshold(Threshold.at(Math.nextUp(scores[lowest]))).rank(own);
        assertEquals(lowest + ".png", ranking.getString(0, "file"));
        assertEquals(1, ranking.booleanColumn("anomaly").countTrue());
        String sentence = assertThrows(IllegalArgumentException.class, () -> detector.rank(test)).getMessage();
        assertTrue(sentence.contains("has no file names to rank"), sentence);
    }

    @Test
    void predictionIsTheScoreBelowTheThreshold() {
        double[] scores = detector.score(test);
        boolean[] anomalies = detector.withThreshold(Threshold.at(scores[7])).predict(test);
        for (int i = 0; i < scores.length; i++) {
            assertEquals(scores[i] < scores[7], anomalies[i]);
        }
        assertEquals("unlabeled", detector.withThreshold("unlabeled").threshold().rule());
    }

    @Test
    void theFolderHoldsTheDocumentedFilesAndNothingBesideIt() throws IOException {
        Path saved = folder.resolve("digits");
        detector.save(saved);
        detector.withThreshold(Threshold.at(0.25)).save(saved);
        assertEquals(Set.of("detector.json", "weights.npz", "scores.npz", "SHA256SUMS"), names(saved));
        assertEquals(Set.of("digits"), names(folder));
        try (AnomalyDetector loaded = AnomalyDetector.load(saved, "cpu")) {
            assertEquals(0.25, loaded.threshold().score());
        }
    }

    private static Set<String> names(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(path -> path.getFileName().toString()).collect(Collectors.toSet());
        }
    }

    @Test
    void aDamagedMissingOrNewerDetectorIsRefusedInOneSentence() throws IOException {
        Path saved = folder.resolve("digits");
        assertRefused(saved, "SHA256SUMS is missing");
        detector.save(saved);
        Path weights = saved.resolve("weights.npz");
        byte[] bytes = Files.readAllBytes(weights);
        bytes[bytes.length / 2] ^= 1;
        Files.write(weights, bytes);
        assertRefused(saved, "weights.npz does not have the checksum that it was saved with");
    }

    @Test
    void aDetectorOfALaterFormatIsRefusedAndNotCalledDamaged() throws IOException {
        Path saved = Files.createDirectory(folder.resolve("digits"));
        Files.writeString(saved.resolve("detector.json"), "{\"version\": 99, \"config\": \"of another form\"}");
        assertRefused(saved, "format version 99, but this library reads up to 2; use a newer library");
    }

    private static void assertRefused(Path saved, String why) {
        var refusal = assertThrows(DataException.class, () -> AnomalyDetector.load(saved, "cpu"));
        assertTrue(refusal.getMessage().contains(why), refusal.getMessage());
    }
}
