package org.hscl.features;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.hscl.data.DataSets;
import org.hscl.data.Fit;
import org.hscl.data.ImageFolder;
import org.hscl.data.ImageSet;
import org.hscl.data.TrainTest;
import org.hscl.engine.SeededRandom;

/**
 * Pictures of one data set as a network's features, from which measurements draw piles.
 *
 * @param name of the data set and its normal class
 * @param features (N, C)
 * @param abnormal the truth, (N)
 * @param group pictures of one group never stand on both sides of a split, (N)
 */
record Pool(String name, float[][] features, boolean[] abnormal, int[] group) {

    private static final Path DATA = Path.of(System.getProperty("user.home"), ".hscl", "data");
    private static final Backbone NETWORK = Backbone.torchScript(DATA.resolve("backbone/inception-v3-to-mixed4.pt"));
    private static final Pattern TILE = Pattern.compile("num_(\\d+)");
    private static final int APART = 40; // a new tile where the running number jumps by more

    /** Such as {@code cifar10:ship}, {@code magnetic-tile:Free}. */
    static Pool named(String name) {
        String[] parts = name.split(":");
        ImageSet all = switch (parts[0]) {
            case "magnetic-tile" -> ImageFolder.read(DATA.resolve("magnetic-tile"), 128, Fit.STRETCH)
                    .ofClasses("Free", "Blowhole", "Break", "Crack", "Fray", "Uneven");
            case "elpv" -> ImageFolder.read(DATA.resolve("elpv"), 128, Fit.STRETCH);
            case "cifar100" -> both(DataSets.cifar100(), 10_000, 2_000);
            default -> both(DataSets.named(parts[0]), 6_000, 2_000);
        };
        float[][] features = FeatureCache.defaults().features(all, NETWORK, "cpu");
        List<String> classes = all.classOfEach();
        boolean[] abnormal = new boolean[all.count()];
        IntStream.range(0, abnormal.length).forEach(i -> abnormal[i] = !List.of(parts[1].split("\\+")).contains(classes.get(i)));
        int[] group = IntStream.range(0, abnormal.length).toArray();
        return new Pool(name, features, abnormal, parts[0].equals("magnetic-tile") ? tiles(all) : group);
    }

    private static ImageSet both(TrainTest data, int train, int test) {
        ImageSet first = data.train().first(train);
        ImageSet last = data.test().first(test);
        byte[] pixels = Arrays.copyOf(first.pixels(), first.pixels().length + last.pixels().length);
        System.arraycopy(last.pixels(), 0, pixels, first.pixels().length, last.pixels().length);
        int[] labels = IntStream.concat(IntStream.of(first.labels()), IntStream.of(last.labels())).toArray();
        return new ImageSet(first.name(), first.source(), first.size(), pixels, labels, first.classNames());
    }

    /** The same tile was taken at several exposures with neighbouring numbers. */
    private static int[] tiles(ImageSet all) {
        Map<Integer, Integer> byNumber = new TreeMap<>();
        int[] numbers = new int[all.count()];
        for (int i = 0; i < numbers.length; i++) {
            Matcher number = TILE.matcher(all.files().get(i));
            numbers[i] = all.labels()[i] * 1_000_000 + (number.find() ? Integer.parseInt(number.group(1)) : i);
            byNumber.put(numbers[i], 0);
        }
        int group = 0;
        int last = Integer.MIN_VALUE / 2;
        for (Map.Entry<Integer, Integer> entry : byNumber.entrySet()) {
            group += entry.getKey() - last > APART ? 1 : 0;
            last = entry.getKey();
            entry.setValue(group);
        }
        return Arrays.stream(numbers).map(byNumber::get).toArray();
    }

    /** Rows of one kind in random order, those of a group together. */
    int[] shuffled(boolean kind, long seed) {
        int[] order = SeededRandom.permutation(1 + IntStream.of(group).max().orElse(0), SeededRandom.at(seed, kind ? 1 : 0));
        return IntStream.range(0, abnormal.length).filter(i -> abnormal[i] == kind).boxed()
                .sorted((a, b) -> Integer.compare(order[group[a]], order[group[b]])).mapToInt(i -> i).toArray();
    }

    /** The features of some rows. */
    float[][] of(int[] rows) {
        return Arrays.stream(rows).mapToObj(row -> features[row]).toArray(float[][]::new);
    }
}
