package org.hscl.data;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hscl.data.DataException.MissingDataException;

/**
 * The data sets by name. Each method looks in the data folder and, where the files are absent, downloads them if the
 * folder's settings allow it.
 *
 * <p>All throw {@link MissingDataException} if the files are absent and may not be downloaded, and {@link DataException} if
 * one is damaged; the message names the file, and for absent ones the official page and where to put it.
 */
public final class DataSets {

    private static final Map<String, Function<DataFolder, TrainTest>> READERS = readers();

    private DataSets() {}

    /** A new data set is one new file and one line here. */
    private static Map<String, Function<DataFolder, TrainTest>> readers() {
        Map<String, Function<DataFolder, TrainTest>> readers = new LinkedHashMap<>();
        readers.put("digits", folder -> Digits.load());
        readers.put("fashion-mnist", Mnist::fashion);
        readers.put("mnist", Mnist::digits);
        readers.put("cifar10", Cifar::ten);
        readers.put("cifar100", Cifar::hundred);
        readers.put("svhn", Svhn::load);
        readers.put("lsun", FixedSets::lsun);
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
     * The name of a class to show, where a number may have been given; it needs no files.
     *
     * @param dataSet one of {@link #names()}, in any case
     * @param given a name or a number of a class, or the name of a group
     * @return the class's name if a number was given and the data set has ten classes of fixed names, else what was given
     */
    public static String className(String dataSet, String given) {
        List<String> names = switch (dataSet.toLowerCase(Locale.ROOT)) {
            case "fashion-mnist" -> Mnist.GARMENTS;
            case "cifar10" -> Cifar.TEN;
            default -> List.of();
        };
        return given.matches("\\d") && !names.isEmpty() ? names.get(Integer.parseInt(given)) : given;
    }

    /** The names of several classes, to show. */
    public static String classNames(String dataSet, List<String> given) {
        return given.stream().map(name -> className(dataSet, name)).collect(Collectors.joining(" + "));
    }

    /**
     * A data set.
     *
     * @param name one of {@link #names()}, in any case
     * @throws IllegalArgumentException if there is no data set of that name
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
        return find(name, DataFolder.defaults());
    }

    /** A data set, or nothing where its files are absent. */
    public static Optional<TrainTest> find(String name, DataFolder folder) {
        try {
            return Optional.of(named(name, folder));
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
        return fashionMnist(DataFolder.defaults());
    }

    /** Fashion-MNIST: 60,000 + 10,000 images, 10 classes. */
    public static TrainTest fashionMnist(DataFolder folder) {
        return Mnist.fashion(folder);
    }

    /** MNIST from the default folder: 60,000 + 10,000 images, 10 classes. */
    public static TrainTest mnist() {
        return mnist(DataFolder.defaults());
    }

    /** MNIST: 60,000 + 10,000 images, 10 classes. */
    public static TrainTest mnist(DataFolder folder) {
        return Mnist.digits(folder);
    }

    /** CIFAR-10 from the default folder: 50,000 + 10,000 images, 10 classes. */
    public static TrainTest cifar10() {
        return cifar10(DataFolder.defaults());
    }

    /** CIFAR-10: 50,000 + 10,000 images, 10 classes. */
    public static TrainTest cifar10(DataFolder folder) {
        return Cifar.ten(folder);
    }

    /** CIFAR-100 from the default folder: 50,000 + 10,000 images, 100 classes, 20 superclasses as groups. */
    public static TrainTest cifar100() {
        return cifar100(DataFolder.defaults());
    }

    /** CIFAR-100: 50,000 + 10,000 images, 100 classes, 20 superclasses as groups. */
    public static TrainTest cifar100(DataFolder folder) {
        return Cifar.hundred(folder);
    }

    /** SVHN from the default folder: 73,257 + 26,032 images, 10 classes. */
    public static TrainTest svhn() {
        return svhn(DataFolder.defaults());
    }

    /** SVHN: 73,257 + 26,032 images, 10 classes. */
    public static TrainTest svhn(DataFolder folder) {
        return Svhn.load(folder);
    }

    /** LSUN (FIX) from the default folder: 8,000 + 2,000 images, 10 classes. */
    public static TrainTest lsun() {
        return lsun(DataFolder.defaults());
    }

    /** LSUN (FIX): 8,000 + 2,000 images, 10 classes. */
    public static TrainTest lsun(DataFolder folder) {
        return FixedSets.lsun(folder);
    }

    /** ImageNet (FIX) from the default folder: 10,000 images of one class. */
    public static ImageSet imageNet() {
        return imageNet(DataFolder.defaults());
    }

    /** ImageNet (FIX): 10,000 images of one class; scenario 3 halves them into training and test. */
    public static ImageSet imageNet(DataFolder folder) {
        return FixedSets.imageNet(folder);
    }
}
