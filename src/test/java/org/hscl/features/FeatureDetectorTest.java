package org.hscl.features;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hscl.data.DataException;
import org.hscl.data.ImageSet;
import org.hscl.eval.Roc;
import org.hscl.loss.LossTerms;
import org.hscl.scenario.Label;
import org.hscl.scenario.SampleState;
import org.hscl.scenario.Split;
import org.hscl.train.History;
import org.hscl.train.Progress;
import org.hscl.train.TrainingListener;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class FeatureDetectorTest {

    private static final int SIZE = 16;
    private static final HeadConfig SMALL = HeadConfig.defaults().withSteps(60).withHeads(2);

    @TempDir
    static Path networks;

    @TempDir
    Path folder;

    private FeatureCache cache;

    @BeforeAll
    static void networks() throws IOException {
        for (String name : List.of("vector", "maps", "gray", "constant", "notfinite")) {
            try (InputStream stream = FeatureDetectorTest.class.getResourceAsStream(name + ".pt")) {
                Files.copy(stream, networks.resolve(name + ".pt"));
            }
        }
    }

    @BeforeEach
    void cache() {
        cache = new FeatureCache(folder.resolve("features"));
    }

    private static Backbone backbone(String name) {
        return Backbone.torchScript(networks.resolve(name + ".pt")).withSize(SIZE);
    }

    /** Pictures of noise, in those of class 1 brighter in the lower right quarter. */
    private static ImageSet pictures(int count, long seed, int... labels) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] pixels = new byte[count * 3 * SIZE * SIZE];
        for (int i = 0; i < pixels.length; i++) {
            int row = i % (SIZE * SIZE) / SIZE;
            int column = i % SIZE;
            boolean lit = labels[i / (3 * SIZE * SIZE)] == 1 && row >= SIZE / 2 && column >= SIZE / 2;
            pixels[i] = (byte) (random.nextInt(120) + (lit ? 60 : 0));
        }
        return new ImageSet("lights", "made by a test", SIZE, pixels, labels, List.of("dark", "lit"));
    }

    /** 10 labeled normals, 40 unlabeled of which 6 are lit, 6 labeled anomalies. */
    static Split split() {
        int[] labels = IntStream.range(0, 56).map(i -> i < 44 ? 0 : 1).toArray();
        SampleState[] states = new SampleState[56];
        Arrays.fill(states, 0, 10, SampleState.LABELED_NORMAL);
        Arrays.fill(states, 10, 44, SampleState.UNLABELED_NORMAL);
        Arrays.fill(states, 44, 50, SampleState.UNLABELED_ABNORMAL);
        Arrays.fill(states, 50, 56, SampleState.LABELED_ABNORMAL);
        int[] testLabels = IntStream.range(0, 40).map(i -> i % 2).toArray();
        boolean[] abnormal = new boolean[40];
        IntStream.range(0, 40).forEach(i -> abnormal[i] = testLabels[i] == 1);
        return new Split("lights", pictures(56, 1, labels), List.of(states), pictures(40, 2, testLabels), abnormal, List.of());
    }

    @Test
    void vectorsAreTheNetworksOfUnitLengthAndMapsAreTheirMeansJoined() {
        ImageSet one = pictures(3, 5, 0, 1, 0);
        float[][] vectors = backbone("vector").features(one, "cpu");
        assertEquals(12, vectors[0].length);
        double length = IntStream.range(0, 12).mapToDouble(i -> vectors[0][i] * vectors[0][i]).sum();
        assertEquals(1, length, 1e-5);
        double red = mean(one, 0, 0);
        double green = mean(one, 0, 1);
        double blue = mean(one, 0, 2);
        float[] maps = backbone("maps").features(one, "cpu")[0];
        assertEquals(5, maps.length);
        double norm = Math.sqrt(red * red + green * green + blue * blue);
        assertArrayEquals(new float[] {(float) (red / norm), (float) (green / norm), (float) (blue / norm)}, Arrays.copyOf(maps, 3), 1e-5f);
        double other = Math.hypot(red + 1, green + 1);
        assertArrayEquals(new float[] {(float) ((red + 1) / other), (float) ((green + 1) / other)}, Arrays.copyOfRange(maps, 3, 5), 1e-5f);
    }

    private static double mean(ImageSet set, int row, int channel) {
        int start = row * set.stride() + channel * SIZE * SIZE;
        return IntStream.range(start, start + SIZE * SIZE).map(i -> set.pixels()[i] & 0xFF).average().orElseThrow() / 255;
    }

    @Test
    void normalizationAndSizeReachTheNetwork() {
        ImageSet one = pictures(2, 5, 0, 1);
        float[][] plain = backbone("vector").features(one, "cpu");
        assertFalse(Arrays.equals(plain[0], backbone("vector").withImageNetNormalization().features(one, "cpu")[0]));
        float[] larger = backbone("vector").withSize(32).features(one, "cpu")[1];
        assertEquals(12, larger.length);
        assertArrayEquals(plain[1], larger, 0.01f, "the quarters keep their places and their means");
        assertFalse(Arrays.equals(plain[1], larger));
    }

    @Test
    void aNetworkThatCannotServeIsRefusedInASentence() throws IOException {
        ImageSet some = pictures(2, 5, 0, 1);
        Path text = Files.writeString(folder.resolve("notes.pt"), "no network");
        assertRefused("is no TorchScript file", () -> Backbone.torchScript(text).features(some, "cpu"));
        assertRefused("cannot be read", () -> Backbone.torchScript(folder.resolve("nowhere.pt")));
        assertRefused("takes no pictures of 3 × 16 × 16", () -> backbone("gray").features(some, "cpu"));
        assertRefused("alike for all pictures", () -> backbone("constant").features(some, "cpu"));
        assertRefused("not finite", () -> backbone("notfinite").features(some, "cpu"));
    }

    private static void assertRefused(String words, Executable use) {
        String sentence = assertThrows(DataException.class, use).getMessage();
        assertTrue(sentence.contains(words) && !sentence.contains("\n"), sentence);
    }

    @Test
    void featuresAreComputedOnceAndAnewWhereTheFileIsCutOff() throws IOException {
        ImageSet some = pictures(4, 5, 0, 1, 0, 1);
        float[][] first = cache.features(some, backbone("vector"), "cpu");
        Path file = kept().get(0);
        byte[] whole = Files.readAllBytes(file);
        for (byte[] damaged : List.of(Arrays.copyOf(whole, whole.length / 2), new byte[0], flipped(whole, 20), flipped(whole, whole.length - 9))) {
            Files.write(file, damaged);
            assertArrayEquals(first, cache.features(some, backbone("vector"), "cpu"));
            assertTrue(kept().size() == 1 || Files.notExists(file), "what was damaged is gone");
            kept().forEach(FeatureDetectorTest::delete);
            Files.write(file, whole);
        }
        cache.features(some, backbone("vector").withSize(32), "cpu");
        assertEquals(2, kept().size(), "another size is another file");
    }

    @Test
    void aPictureKeepsItsFeaturesInEverySplit() throws IOException {
        ImageSet some = pictures(4, 5, 0, 1, 0, 1);
        float[][] all = cache.features(some, backbone("vector"), "cpu");
        ImageSet others = some.select(new int[] {3, 1, 1});
        assertArrayEquals(new float[][] {all[3], all[1], all[1]}, cache.features(others, backbone("vector"), "cpu"));
        assertEquals(1, kept().size(), "nothing was new");
        ImageSet more = ImageSet.pooled("both", List.of(others, pictures(2, 6, 0, 1)), List.of("all"), 0, 0);
        float[][] both = cache.features(more, backbone("vector"), "cpu");
        assertArrayEquals(all[3], both[0]);
        assertArrayEquals(backbone("vector").features(more, "cpu"), both);
        assertEquals(2, kept().size());
        assertEquals(12 + 2 * 16 + 4 + 2 * (12 * 4 + 4), Files.size(kept().stream().min(Comparator.comparing(FeatureDetectorTest::size)).orElseThrow()),
                "only the two new pictures passed through the network");
    }

    @Test
    void aPassThatIsStoppedGoesOnWhereItWas() throws IOException {
        ImageSet many = pictures(600, 5, new int[600]);
        List<String> heard = new ArrayList<>();
        FeatureCache stopped = cache.withListener((done, count) -> {
            heard.add(done + " of " + count);
            if (done > 0) {
                throw new CancellationException("stopped");
            }
        });
        assertThrows(CancellationException.class, () -> stopped.features(many, backbone("vector"), "cpu"));
        float[][] all = cache.withListener((done, count) -> heard.add(done + " of " + count)).features(many, backbone("vector"), "cpu");
        assertEquals(List.of("0 of 600", "512 of 600", "0 of 88", "88 of 88"), heard);
        assertArrayEquals(backbone("vector").features(many, "cpu"), all);
    }

    private static byte[] flipped(byte[] bytes, int place) {
        byte[] other = bytes.clone();
        other[place] ^= 1; // one bit, which the check sum sees
        return other;
    }

    private List<Path> kept() throws IOException {
        try (Stream<Path> files = Files.walk(cache.folder())) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private static void delete(Path file) {
        assertDoesNotThrow(() -> Files.delete(file));
    }

    private static long size(Path file) {
        return assertDoesNotThrow(() -> Files.size(file));
    }

    @Test
    void hiddenAnomaliesDoNotPassForNormalAndTheSameSeedGivesTheSameScores() {
        Split split = split();
        try (FeatureDetector detector = FeatureDetector.fit(split, backbone("vector"), SMALL, cache, "cpu");
                FeatureDetector again = FeatureDetector.fit(split, backbone("vector"), SMALL, cache, "cpu");
                FeatureDetector other = FeatureDetector.fit(split, backbone("vector"), SMALL.withSeed(2), cache, "cpu")) {
            double[] scores = detector.score(split.test());
            assertTrue(Roc.auroc(scores, split.testAbnormal()) > 0.97, () -> "AUROC " + Roc.auroc(scores, split.testAbnormal()));
            double[] hidden = detector.score(split.train().select(IntStream.range(44, 50).toArray()));
            assertTrue(Arrays.stream(hidden).average().orElseThrow() < detector.threshold().score(), () -> Arrays.toString(hidden));
            assertArrayEquals(scores, again.score(split.test()));
            assertFalse(Arrays.equals(scores, other.score(split.test())));
        }
    }

    @Test
    void withoutTrainingTheHeadsTellNothing() {
        Split split = split();
        try (FeatureDetector untrained = FeatureDetector.fit(split, backbone("vector"), SMALL.withSteps(1), cache, "cpu")) {
            assertTrue(Roc.auroc(untrained.score(split.test()), split.testAbnormal()) < 0.9, "else the test above proves nothing");
        }
    }

    @Test
    void aFolderWhoseListOfChecksumsIsEmptyIsDamaged() throws IOException {
        Path saved = folder.resolve("listed");
        try (FeatureDetector detector = FeatureDetector.fit(split(), backbone("vector"), SMALL, cache, "cpu")) {
            detector.save(saved);
        }
        Files.writeString(saved.resolve("SHA256SUMS"), "");
        assertRefused("does not list", () -> FeatureDetector.load(saved, networks.resolve("vector.pt"), cache, "cpu"));
    }

    @Test
    void aSavedDetectorScoresAlikeAndWithNoOtherNetwork() {
        Split split = split();
        Path saved = folder.resolve("detector");
        try (FeatureDetector detector = FeatureDetector.fit(split, backbone("vector"), SMALL, cache, "cpu")) {
            detector.save(saved);
            assertTrue(FeatureDetector.isIn(saved));
            try (FeatureDetector loaded = FeatureDetector.load(saved, networks.resolve("vector.pt"), cache, "cpu")) {
                assertArrayEquals(detector.score(split.test()), loaded.score(split.test()));
                assertEquals(detector.config(), loaded.config());
                assertEquals(detector.threshold(), loaded.threshold());
                assertEquals(detector.history(), loaded.history());
            }
            assertRefused("was trained with another network", () -> FeatureDetector.load(saved, networks.resolve("maps.pt"), cache, "cpu"));
        }
    }

    @Test
    void sharpeningMovesTheWeightsOfUnlabeledRowsOnly() {
        Split split = split();
        try (FeatureDetector mild = FeatureDetector.fit(split, backbone("vector"), SMALL, cache, "cpu");
                FeatureDetector sharp = FeatureDetector.fit(
                        split, backbone("vector"), SMALL.withSteps(150).withSharpening(30), cache, "cpu")) {
            assertFalse(Arrays.equals(mild.score(split.test()), sharp.score(split.test())));
        }
        String sentence = assertThrows(IllegalArgumentException.class, () -> SMALL.withSharpening(0.5)).getMessage();
        assertEquals("sharpening is 0.5; give a power of 1 or more", sentence);
    }

    @Test
    void relationsThatAreLeftOutStandInNoHistoryAndPrototypesAreAsManyAsWanted() {
        Split split = split();
        HeadConfig few = SMALL.withSteps(20).withHeads(2);
        LossTerms all = LossTerms.all();
        assertEquals(List.of("total", "sample-to-prototype"), course(split, few.withTerms(all.withoutNormalToAbnormal())).lossNames());
        History full = course(split, few.withPrototypes(3));
        assertEquals(List.of("total", "sample-to-prototype", "normal-to-abnormal"), full.lossNames());
        assertEquals(IntStream.rangeClosed(1, 20).boxed().toList(), full.epochs().stream().map(History.Epoch::epoch).toList(),
                "ten of each head");
        assertTrue(full.epochs().get(9).total() < full.epochs().get(0).total(), full::toString);
        double pulled = course(split, few.withTerms(all.withoutPrototypeNegative())).epochs().get(0).losses().get("sample-to-prototype");
        double pushed = course(split, few.withTerms(all.withoutPrototypePositive())).epochs().get(0).losses().get("sample-to-prototype");
        assertTrue(pulled > 0 && pushed > 0 && pulled != pushed);
        String none = assertThrows(IllegalArgumentException.class, () -> few.withTerms(all.withoutPrototypes())).getMessage();
        assertTrue(none.contains("leave one on"), none);
        Split known = new Split("no anomalies", split.train(), split.states().stream()
                .map(state -> state == SampleState.LABELED_ABNORMAL ? SampleState.UNLABELED_ABNORMAL : state).toList(),
                split.test(), split.testAbnormal(), List.of());
        String nothing = assertThrows(IllegalArgumentException.class,
                () -> course(known, few.withTerms(all.withoutPrototypePositive()))).getMessage();
        assertTrue(nothing.contains("has no labeled anomalies"), nothing);
        assertEquals("prototypes is 0; give 1 or more",
                assertThrows(IllegalArgumentException.class, () -> few.withPrototypes(0)).getMessage());
    }

    private History course(Split split, HeadConfig config) {
        List<History> heard = new ArrayList<>();
        TrainingListener listener = new TrainingListener() {
            @Override
            public void onProgress(Progress step) {
                assertTrue(step.done() > 0 && step.done() <= 1, step::line);
            }

            @Override
            public void onEpoch(History history) {
                heard.add(history);
            }
        };
        try (FeatureDetector detector = FeatureDetector.fit(split, backbone("vector"), config, cache, "cpu", listener)) {
            assertEquals(detector.history(), heard.get(heard.size() - 1));
            return detector.history();
        }
    }

    /** Without it, S-P would pull all to one point: the heads would find nothing. */
    @Test
    void aPileWithoutAnyLabelLabelsItself() {
        Split known = split();
        List<SampleState> states = known.states().stream().map(state -> state.label() == Label.ABNORMAL || state == SampleState.UNLABELED_ABNORMAL
                ? SampleState.UNLABELED_ABNORMAL : SampleState.UNLABELED_NORMAL).toList();
        Split pile = new Split("pile", known.train(), states, known.test(), known.testAbnormal(), List.of());
        try (FeatureDetector detector = FeatureDetector.fit(pile, backbone("vector"), SMALL, cache, "cpu")) {
            double auroc = Roc.auroc(detector.score(pile.test()), pile.testAbnormal());
            assertTrue(auroc > 0.9, auroc + " without labels");
            assertEquals(56, detector.trainingScores().unlabeled().length);
            assertEquals(0, detector.trainingScores().labeledAbnormal().length, "what stands for labels is none");
        }
    }
}
