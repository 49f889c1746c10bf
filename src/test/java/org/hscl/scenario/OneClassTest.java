package org.hscl.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.hscl.data.DataSets;
import org.hscl.data.ImageSet;
import org.hscl.data.TrainTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OneClassTest {

    /** Images of one pixel, classes in turn; the red value counts within the class so that images differ. */
    static TrainTest tiny(int classes, int perClass) {
        return new TrainTest("tiny", part(classes, perClass), part(classes, 10), Map.of());
    }

    private static ImageSet part(int classes, int perClass) {
        int[] labels = IntStream.range(0, classes * perClass).map(i -> i % classes).toArray();
        byte[] pixels = new byte[labels.length * 3];
        for (int i = 0; i < labels.length; i++) {
            pixels[3 * i] = (byte) (i / classes);
            pixels[3 * i + 1] = (byte) (i / classes / 256);
            pixels[3 * i + 2] = (byte) labels[i];
        }
        List<String> names = IntStream.range(0, classes).mapToObj(i -> "class " + i).toList();
        return new ImageSet("tiny", "test", 1, pixels, labels, names);
    }

    static void assertCounts(Split split, int labeledNormal, int unlabeledNormal, int pollution, int labeledAbnormal) {
        assertEquals(List.of(labeledNormal, unlabeledNormal, pollution, labeledAbnormal), List.of(
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
    void elsaRuleGivesTheWorkedNumbers(int images, double pollution, int labeledNormal, int unlabeledNormal, int polluting, int labeledAbnormal) {
        Split split = OneClass.defaults().withPollutionRatio(pollution).split(tiny(10, images));
        assertCounts(split, labeledNormal, unlabeledNormal, polluting, labeledAbnormal);
    }

    @Test
    void fileOrderTakesTheFirstImages() {
        Split split = OneClass.released().withNormal("class 3").withPollutionRatio(0.1).split(tiny(5, 100));
        assertCounts(split, 5, 95, 12, 4);
        IntStream.of(split.rowsOf(SampleState.LABELED_NORMAL)).forEach(i -> assertTrue(split.train().pixels()[3 * i] < 5));
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
        IntStream.of(split.rowsOf(SampleState.LABELED_ABNORMAL)).forEach(i -> assertEquals(2, split.train().labels()[i]));
        assertThrows(IllegalArgumentException.class, () -> OneClass.defaults().withLabeledAnomalies("0").split(tiny(4, 50)));
    }

    @Test
    void digitsSplitWithoutAnyData() {
        Split split = OneClass.defaults().withNormal("3").withPerClass(100).split(DataSets.digits());
        assertCounts(split, 5, 94, 0, 5);
        assertEquals(1797, DataSets.digits().train().count() + DataSets.digits().test().count());
    }
}
