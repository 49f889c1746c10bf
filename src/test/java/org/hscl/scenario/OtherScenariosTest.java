package org.hscl.scenario;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.hscl.data.DataSets;
import org.hscl.data.ImageSet;
import org.hscl.data.OwnImages;
import org.hscl.data.TrainTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scenario 3 and one's own pictures. */
class OtherScenariosTest {

    /** Images of one pixel whose values are all different. */
    private static ImageSet set(String name, int first, List<String> classes, int... labels) {
        byte[] pixels = new byte[3 * labels.length];
        for (int i = 0; i < labels.length; i++) {
            pixels[3 * i] = (byte) (first + i);
            pixels[3 * i + 1] = (byte) ((first + i) / 256);
        }
        return new ImageSet(name, "test", 1, pixels, labels, classes);
    }

    private static ImageSet set(String name, int first, int count) {
        return set(name, first, List.of("a"), new int[count]);
    }

    private static Set<Integer> numbers(ImageSet set, int label) {
        Set<Integer> numbers = new HashSet<>();
        for (int row : set.rowsOf(label)) {
            numbers.add((set.pixels()[3 * row] & 0xFF) + 256 * set.pixels()[3 * row + 1]);
        }
        return numbers;
    }

    private static final TrainTest NORMAL = new TrainTest(set("Birds train", 0, 50), set("Birds test", 100, 20));

    @Test
    void theOutsideSetIsHalvedAndTheOthersOnlyTest() {
        Split split = CrossDataset.defaults()
                .split(NORMAL, set("Things", 200, 31), set("Letters", 300, 7), set("Rooms", 400, 9));
        assertEquals(50, split.count(SampleState.LABELED_NORMAL));
        assertEquals(15, split.count(SampleState.LABELED_ABNORMAL));
        assertEquals(65, split.train().count());
        assertEquals(
                List.of("Birds", "Things", "Letters", "Rooms"), split.test().classNames());
        assertEquals(
                List.of(20, 16, 7, 9),
                IntStream.range(0, 4)
                        .mapToObj(c -> split.test().rowsOf(c).length)
                        .toList());
        Set<Integer> things = numbers(split.train(), 1);
        things.addAll(numbers(split.test(), 1));
        assertEquals(31, things.size(), "the halves are disjoint and whole");
        for (int row = 0; row < split.test().count(); row++) {
            assertEquals(split.test().labels()[row] > 0, split.testAbnormal()[row]);
        }
        assertEquals(List.of(), split.notes());
    }

    @Test
    void theSeedHalvesAndTheLimitShortens() {
        ImageSet things = set("Things", 200, 30);
        assertEquals(
                CrossDataset.defaults().split(NORMAL, things),
                CrossDataset.defaults().split(NORMAL, things));
        assertFalse(CrossDataset.defaults()
                .split(NORMAL, things)
                .equals(CrossDataset.defaults().withSeed(2).split(NORMAL, things)));
        Split small = CrossDataset.defaults().withLimit(4).split(NORMAL, things, set("Letters", 300, 7));
        assertEquals(8, small.train().count());
        assertEquals(12, small.test().count());
        assertThrows(
                IllegalArgumentException.class, () -> CrossDataset.defaults().withLimit(-1));
    }

    @Test
    void imagesOfTheOutsideSetThatStandInTheTestAreNoted() {
        Split split = CrossDataset.defaults().split(NORMAL, set("Things", 200, 30), set("Same things", 200, 30));
        assertTrue(
                split.notes().get(0).startsWith("15 of 65 test images"),
                split.notes().toString());
    }

    private static final ImageSet OWN =
            set("own", 0, OwnImages.CLASSES, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 2);

    @Test
    void foldersOfOwnPicturesBecomeStates() {
        Split split = OwnScenario.defaults().split(OWN);
        assertEquals(
                List.of(5, 0, 10, 4),
                IntStream.range(0, 4)
                        .mapToObj(s -> split.count(SampleState.values()[s]))
                        .toList());
        assertEquals(0, split.test().count());
        assertTrue(split.notes().get(0).contains("not known"), split.notes().toString());
    }

    @Test
    void aShareOfTheLabeledPicturesTests() {
        Split split = OwnScenario.defaults().withTestShare(0.5).split(OWN);
        assertEquals(7, split.test().count());
        assertEquals(
                2, IntStream.range(0, 7).filter(i -> split.testAbnormal()[i]).count());
        assertEquals(12, split.train().count());
        assertEquals(5, split.count(SampleState.UNLABELED_NORMAL));
    }

    @Test
    void aPictureThatIsNormalAndAbnormalIsRefused() {
        ImageSet twice = new ImageSet("own", "test", 1, new byte[] {1, 1, 1, 2, 2, 2, 1, 1, 1}, new int[] {0, 0, 1}, OwnImages.CLASSES,
                List.of("normal/a.png", "normal/b.png", "abnormal/c.png"));
        String sentence = assertThrows(IllegalArgumentException.class, () -> OwnScenario.defaults().split(twice)).getMessage();
        assertEquals("1 pictures stand both in normal and in abnormal; take them out of one of the two."
                + " The first: normal/a.png and abnormal/c.png", sentence);
    }

    @Test
    void heldOutPicturesThatLookAlmostLikeTrainingOnesAreCounted() {
        ImageSet digits = DataSets.digits().train().first(40);
        byte[] pixels = digits.pixels().clone();
        int half = 20 * digits.stride();
        for (int i = 0; i < half; i++) { // the second half is the first, a little darker
            pixels[half + i] = (byte) ((pixels[i] & 0xFF) * 98 / 100);
        }
        ImageSet own = new ImageSet("own", "test", digits.size(), pixels, new int[40], OwnImages.CLASSES);
        List<String> notes = OwnScenario.defaults().withTestShare(0.3).split(own).notes();
        assertTrue(notes.get(0).matches("\\d+ of 12 test images look almost like a training image; .*"), notes::toString);
        ImageSet different = new ImageSet("own", "test", digits.size(), digits.pixels(), new int[40], OwnImages.CLASSES);
        assertEquals(List.of(), OwnScenario.defaults().withTestShare(0.3).split(different).notes());
    }

    @Test
    void anomaliesAloneAreNotEnough() {
        ImageSet onlyAbnormal = set("own", 0, OwnImages.CLASSES, 1, 1);
        String message = assertThrows(IllegalArgumentException.class, () -> OwnScenario.defaults()
                        .split(onlyAbnormal))
                .getMessage();
        assertTrue(message.contains("no normal or unlabeled"), message);
        assertThrows(
                IllegalArgumentException.class, () -> OwnScenario.defaults().split(set("other", 0, 3)));
    }

    @Test
    void anExampleReadsBackAsTheSplitThatItWasMadeOf(@TempDir Path folder) {
        Split split = OneClass.defaults().withNormal("3").withLabeledRatio(0.1).withPollutionRatio(0.1).split(DataSets.digits());
        OwnScenario.writeExample(split, folder.resolve("example"));
        OwnScenario.writeExample(split, folder.resolve("example"));
        ImageSet read = OwnImages.defaults(folder.resolve("example")).read();
        assertEquals(split.count(SampleState.LABELED_ABNORMAL), read.rowsOf(1).length);
        int first = split.rowsOf(SampleState.LABELED_NORMAL)[0];
        assertArrayEquals(split.train().select(new int[] {first}).pixels(), read.first(1).pixels());
        assertTrue(read.files().get(0).endsWith("-3.png"), read.files().get(0));
    }
}
