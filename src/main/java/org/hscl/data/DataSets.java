package org.hscl.data;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The data sets by name. Each method looks in the data folder and, where the files are absent, downloads them if the
 * folder's settings allow it.
 */
public final class DataSets {

    /** A new data set is one new file and one line here. */
    private static final Map<String, Function<DataFolder, TrainTest>> READERS = readers();

    private DataSets() {}

    private static Map<String, Function<DataFolder, TrainTest>> readers() {
        Map<String, Function<DataFolder, TrainTest>> readers = new LinkedHashMap<>();
        readers.put("digits", folder -> Digits.load());
        readers.put("fashion-mnist", Mnist::fashion);
        readers.put("mnist", Mnist::digits);
        return readers;
    }

    /** The names that {@link #named(String)} knows. */
    public static List<String> names() {
        return List.copyOf(READERS.keySet());
    }

    /** A data set from the default folder. */
    public static TrainTest named(String name) {
        return named(name, DataFolder.defaults());
    }

    /**
     * A data set.
     *
     * @param name one of {@link #names()}, in any case
     * @throws IllegalArgumentException if there is no data set of that name
     * @throws MissingDataException if its files are absent and may not be downloaded
     * @throws DataException if a file is damaged
     */
    public static TrainTest named(String name, DataFolder folder) {
        Function<DataFolder, TrainTest> reader = READERS.get(name.toLowerCase(Locale.ROOT));
        if (reader == null) {
            throw new IllegalArgumentException(
                    "There is no data set '%s'; choose one of %s".formatted(name, String.join(", ", names())));
        }
        return reader.apply(folder);
    }

    /** A data set, or nothing where its files are absent: what lets a notebook skip a section. */
    public static Optional<TrainTest> find(String name) {
        try {
            return Optional.of(named(name));
        } catch (MissingDataException e) {
            return Optional.empty();
        }
    }

    /** The digits that come with the library: 1,797 images, 10 classes. */
    public static TrainTest digits() {
        return Digits.load();
    }

    /** Fashion-MNIST from the default folder: 60,000 + 10,000 images, 10 classes. */
    public static TrainTest fashionMnist() {
        return Mnist.fashion(DataFolder.defaults());
    }

    /** Fashion-MNIST: 60,000 + 10,000 images, 10 classes. */
    public static TrainTest fashionMnist(DataFolder folder) {
        return Mnist.fashion(folder);
    }

    /** MNIST from the default folder: 60,000 + 10,000 images, 10 classes. */
    public static TrainTest mnist() {
        return Mnist.digits(DataFolder.defaults());
    }
}
