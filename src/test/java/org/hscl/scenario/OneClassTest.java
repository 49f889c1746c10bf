package org.hscl.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.hscl.data.DataSets;
import org.hscl.data.ImageSet;
import org.hscl.data.TrainTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tech.tablesaw.api.Table;

class OneClassTest {

    /** Images of one pixel, classes in turn; the red value counts within the class so that images differ. */
    static TrainTest tiny(int classes, int perClass) {
        return new TrainTest("tiny", part(classes, perClass), part(classes, 10), Map.of());
    }

    private static ImageSet part(int classes, int perClass) {
        int[] labels =
                IntStream.range(0, classes * perClass).map(i -> i % classes).toArray();
        byte[] pixels = new byte[labels.length * 3];
        for (int i = 0; i < labels.length; i++) {
            pixels[3 * i] = (byte) (i / classes);
            pixels[3 * i + 1] = (byte) (i / classes / 256);
            pixels[3 * i + 2] = (byte) labels[i];
        }
        List<String> names =
                IntStream.range(0, classes).mapToObj(i -> "class " + i).toList();
        return new ImageSet("tiny", "test", 1, pixels, labels, names);
    }

    static void assertCounts(Split split, int labeledNormal, int unlabeledNormal, int pollution, int labeledAbnormal) {
        assertEquals(
                List.of(labeledNormal, unlabeledNormal, pollution, labeledAbnormal),
                List.of(
                        split.count(SampleState.LABELED_NORMAL), split.count(SampleState.UNLABELED_NORMAL),
                        split.count(SampleState.UNLABELED_ABNORMAL), split.count(SampleState.LABELED_ABNORMAL)));
    }

    @ParameterizedTest
    @CsvSource({
        "5000, 0,    263, 4736, 0,   263",
        "5000, 0.05, 276, 4723, 248, 276",
        "5000, 0.10, 290, 4709, 523, 290",
        "6000, 0,    315, 5684, 0,   315",
        "6000, 0.05, 331, 5668, 298, 331",
        "6000, 0.10, 348, 5651, 627, 348",
    })
    void elsaRuleGivesTheWorkedNumbers(
            int images, double pollution, int labeledNormal, int unlabeledNormal, int polluting, int labeledAbnormal) {
        Split split = OneClass.defaults().withPollutionRatio(pollution).split(tiny(10, images));
        assertCounts(split, labeledNormal, unlabeledNormal, polluting, labeledAbnormal);
    }

    @Test
    void fileOrderTakesTheFirstImages() {
        Split split = OneClass.released()
                .withNormal("class 3")
                .withPollutionRatio(0.1)
                .split(tiny(5, 100));
        assertCounts(split, 5, 95, 12, 4);
        IntStream.of(split.rowsOf(SampleState.LABELED_NORMAL))
                .forEach(i -> assertTrue(split.train().pixels()[3 * i] < 5));
    }

    @Test
    void theSeedDecidesTheDraw() {
        OneClass settings = OneClass.defaults().withPollutionRatio(0.1);
        assertEquals(settings.split(tiny(4, 50)), settings.split(tiny(4, 50)));
        assertFalse(settings.split(tiny(4, 50)).equals(settings.withSeed(2).split(tiny(4, 50))));
    }

    @Test
    void labeledAnomaliesComeFromTheNamedClass() {
        Split split = OneClass.defaults().withLabeledAnomalies("class 2").split(tiny(4, 50));
        IntStream.of(split.rowsOf(SampleState.LABELED_ABNORMAL))
                .forEach(i -> assertEquals(2, split.train().labels()[i]));
    }

    /** The number of a tiny image, hidden in its pixels. */
    private static int number(ImageSet set, int row) {
        return (set.pixels()[3 * row] & 0xFF)
                + 256 * (set.pixels()[3 * row + 1] & 0xFF)
                + (set.pixels()[3 * row + 2] << 16);
    }

    @ParameterizedTest
    @EnumSource(CountingRule.class)
    void anyRatiosGiveDisjointStableAndFullSets(CountingRule rule) {
        SplittableRandom random = new SplittableRandom(7);
        for (int run = 0; run < 200; run++) {
            int classes = 2 + random.nextInt(8);
            TrainTest data = tiny(classes, 40 + random.nextInt(400));
            int normals = data.train().rowsOf(0).length;
            OneClass settings = OneClass.defaults()
                    .withRule(rule)
                    .withSeed(run)
                    .withLabeledRatios(random.nextDouble(0.2), random.nextDouble(0.2))
                    .withPollutionRatio(random.nextDouble(0.3))
                    .withOrder(random.nextBoolean() ? DrawOrder.RANDOM : DrawOrder.FILE);
            Split split = settings.split(data);

            Set<Integer> seen = new HashSet<>();
            for (int row = 0; row < split.train().count(); row++) {
                assertTrue(seen.add(number(split.train(), row)), "an image is in one state only");
                assertEquals(split.states().get(row).isAbnormal(), split.train().labels()[row] != 0);
            }
            int kept = split.count(SampleState.LABELED_NORMAL) + split.count(SampleState.UNLABELED_NORMAL);
            assertTrue(kept == normals || rule == CountingRule.ELSA && kept >= normals - 2, kept + " of " + normals);
            if (rule == CountingRule.ELSA) {
                assertRatio(
                        settings.ratios().labeledNormal(),
                        split.count(SampleState.LABELED_NORMAL),
                        split.train().count());
                assertRatio(
                        settings.ratios().labeledAbnormal(),
                        split.count(SampleState.LABELED_ABNORMAL),
                        split.train().count());
                int polluting = split.count(SampleState.UNLABELED_ABNORMAL);
                assertRatio(
                        settings.ratios().pollution(),
                        polluting,
                        polluting + split.count(SampleState.UNLABELED_NORMAL));
            }
            assertEquals(split, settings.split(data));
        }
    }

    /** Within the truncation of the counts. */
    private static void assertRatio(double expected, int part, int whole) {
        assertEquals(expected * whole, part, 4);
    }

    @Test
    void pollutionComesFromEveryAbnormalClass() {
        Split split = OneClass.defaults()
                .withPollutionRatio(0.1)
                .withLabeledAnomalies("4")
                .split(tiny(10, 500));
        for (int label = 1; label < 10; label++) {
            int of = label;
            long polluting = IntStream.of(split.rowsOf(SampleState.UNLABELED_ABNORMAL))
                    .filter(i -> split.train().labels()[i] == of)
                    .count();
            assertEquals(split.count(SampleState.UNLABELED_ABNORMAL) / 9.0, polluting, 1);
        }
    }

    @Test
    void aGroupOfClassesIsNormalTogether() {
        TrainTest plain = tiny(6, 100);
        TrainTest data = new TrainTest(
                "grouped", plain.train(), plain.test(), Map.of("even", List.of("class 0", "class 2", "class 4")));
        Split split = OneClass.defaults().withNormal("Even").split(data);
        assertEquals(300, split.count(SampleState.LABELED_NORMAL) + split.count(SampleState.UNLABELED_NORMAL), 2);
        for (int row = 0; row < split.test().count(); row++) {
            assertEquals(split.test().labels()[row] % 2 == 1, split.testAbnormal()[row]);
        }
        assertEquals(List.of("even"), OneClass.defaults().perNormal(data).get(0).normal());
        assertEquals(3, OneClass.defaults().perPair(data).size());
    }

    @Test
    void scenarioOneHasNinetyRuns() {
        List<OneClass> runs = OneClass.defaults().withLabeledRatio(0.01).perPair(tiny(10, 1));
        assertEquals(90, new HashSet<>(runs).size());
        assertEquals(List.of("class 0"), runs.get(0).normal());
        assertEquals(List.of("class 1"), runs.get(0).labeledAnomalies());
        assertTrue(runs.stream().noneMatch(run -> run.normal().equals(run.labeledAnomalies())));
        assertEquals(10, OneClass.defaults().perNormal(tiny(10, 1)).size());
    }

    @Test
    void limitsKeepTheFirstImages() {
        Split split = OneClass.defaults().withPerClass(60).withTestLimit(7).split(tiny(3, 300));
        assertEquals(7, split.test().count());
        for (int row = 0; row < split.train().count(); row++) {
            assertTrue((number(split.train(), row) & 0xFFFF) < 60);
        }
    }

    @Test
    void sharedImagesAreNoted() {
        Split split = OneClass.defaults().split(tiny(3, 100));
        assertTrue(
                split.notes().get(0).contains("equal a training image"),
                split.notes().toString());
    }

    @Test
    void theTableCountsEveryImage() {
        Split split = OneClass.defaults().withPollutionRatio(0.1).split(tiny(3, 100));
        Table table = split.describe();
        assertEquals(
                List.of(
                        "class",
                        "unlabeled normal",
                        "unlabeled abnormal",
                        "labeled normal",
                        "labeled abnormal",
                        "test"),
                table.columnNames());
        for (SampleState state : SampleState.values()) {
            assertEquals(split.count(state), table.intColumn(state.title()).sum());
        }
        assertEquals(30, table.intColumn("test").sum());
        assertEquals("class 0", table.stringColumn("class").get(0));
    }

    @Test
    void impossibleSettingsAreRefusedWithTheReason() {
        assertRefused("pollution is 1.0", () -> OneClass.defaults().withPollutionRatio(1));
        assertRefused("labeledNormal is NaN", () -> OneClass.defaults().withLabeledRatio(Double.NaN));
        assertRefused("leave nothing unlabeled", () -> OneClass.defaults().withLabeledRatio(0.5));
        assertRefused(
                "no class 'boat'", () -> OneClass.defaults().withNormal("boat").split(tiny(3, 10)));
        assertRefused(
                "overlap", () -> OneClass.defaults().withLabeledAnomalies("0").split(tiny(4, 50)));
        assertRefused(
                "lower a ratio",
                () -> OneClass.defaults().withPollutionRatio(0.9).split(tiny(3, 100)));
    }

    private static void assertRefused(String reason, Executable attempt) {
        String message = assertThrows(IllegalArgumentException.class, attempt).getMessage();
        assertTrue(message.contains(reason), message);
    }

    @Test
    void digitsSplitWithoutAnyData() {
        Split split = OneClass.defaults().withNormal("3").withPerClass(100).split(DataSets.digits());
        assertCounts(split, 5, 94, 0, 5);
        assertEquals(List.of(), split.notes());
    }
}
