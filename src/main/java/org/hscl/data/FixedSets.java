package org.hscl.data;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * LSUN (FIX) and ImageNet (FIX), 10,000 small pictures each (Tack et al., CSI, 2020): resized without the artifacts of
 * earlier versions, in files {@code correct_resize_ID.png}.
 */
final class FixedSets {

    private static final int SIZE = 32;
    private static final int PER_CLASS = 1000;
    private static final int FOR_TRAINING = 800;
    private static final String PAGE = "https://github.com/alinlab/CSI#datasets";
    private static final Pattern NUMBER = Pattern.compile(".*?(\\d{1,6})\\.\\w+");
    private static final List<String> ROOMS = List.of(("bedroom bridge church_outdoor classroom conference_room"
                    + " dining_room kitchen living_room restaurant tower")
            .split(" "));

    private FixedSets() {}

    /** LSUN (FIX): class = ID / 1000; the first 800 of each thousand for training, the rest for testing. */
    static TrainTest lsun(DataFolder folder) {
        Path images = new RemoteFile("lsun", "LSUN_fix", PAGE).locate(folder, "LSUN_fix");
        return new TrainTest(
                part("LSUN (FIX) train", images, id -> id % PER_CLASS < FOR_TRAINING ? id / PER_CLASS : -1, ROOMS),
                part("LSUN (FIX) test", images, id -> id % PER_CLASS < FOR_TRAINING ? -1 : id / PER_CLASS, ROOMS));
    }

    /** ImageNet (FIX): one class. */
    static ImageSet imageNet(DataFolder folder) {
        Path images = new RemoteFile("imagenet", "Imagenet_fix", PAGE).locate(folder, "Imagenet_fix");
        return part("ImageNet (FIX)", images, id -> 0, List.of("ImageNet (FIX)"));
    }

    /** The images whose number has a class, in the order of their numbers. */
    private static ImageSet part(String name, Path folder, ToIntFunction<Integer> classOf, List<String> classes) {
        ImageFiles files = new ImageFiles();
        ImageFiles.list(folder).stream()
                .sorted(Comparator.comparing(FixedSets::number))
                .forEach(file -> {
                    int label = classOf.applyAsInt(number(file));
                    if (label >= classes.size()) {
                        throw new DataException(
                                "%s has the number %d, but there are %d classes of %d; remove it or get the set again from %s"
                                        .formatted(file, number(file), classes.size(), PER_CLASS, PAGE));
                    }
                    if (label >= 0) {
                        files.add(file, label);
                    }
                });
        return files.read(name, folder, SIZE, Fit.CROP, classes, true); // they have their size already
    }

    private static int number(Path file) {
        Matcher matcher = NUMBER.matcher(file.getFileName().toString());
        if (!matcher.matches()) {
            throw new DataException("%s is not named like correct_resize_ID.png; remove it or get the set again from %s"
                    .formatted(file, PAGE));
        }
        return Integer.parseInt(matcher.group(1));
    }
}
