package org.hscl.data;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A data set as its makers divide it.
 *
 * @param name the data set's name, such as {@code Fashion-MNIST}
 * @param train the training images
 * @param test the test images, of the same size and classes
 * @param groups named groups of classes that may serve as one normal class, such as CIFAR-100's 20 superclasses of 5
 *     classes each; empty for most sets
 */
public record TrainTest(String name, ImageSet train, ImageSet test, Map<String, List<String>> groups) {

    /** Checks that both parts have the same size and classes. */
    public TrainTest {
        groups = Collections.unmodifiableMap(new LinkedHashMap<>(groups)); // keeps the order
        if (train.size() != test.size() || !train.classNames().equals(test.classNames())) {
            throw new IllegalArgumentException(
                    "%s: training images (%d pixels, %d classes) and test images (%d pixels, %d classes) differ; use one kind"
                            .formatted(
                                    name,
                                    train.size(),
                                    train.classNames().size(),
                                    test.size(),
                                    test.classNames().size()));
        }
    }

    /** A data set without groups of classes, named after its training part without the word {@code train}. */
    public TrainTest(ImageSet train, ImageSet test) {
        this(train.name().replaceFirst(" train$", ""), train, test, Map.of());
    }

    /** Both parts as one set of one class, to serve as an outside set in scenario 3. */
    public ImageSet whole() {
        return ImageSet.pooled(name, List.of(train, test), List.of(name), 0, 0);
    }

    /** What the paper's protocol takes as normal, one after the other: the groups, or the classes where there are none. */
    public List<String> normalChoices() {
        return groups.isEmpty() ? classNames() : List.copyOf(groups.keySet());
    }

    /** The classes of a group, named in any case, or the class itself if there is no group of that name. */
    public List<String> members(String groupOrClass) {
        return groups.entrySet().stream()
                .filter(group -> group.getKey().equalsIgnoreCase(groupOrClass))
                .findFirst()
                .map(Map.Entry::getValue)
                .orElse(List.of(groupOrClass));
    }

    /** The name of each class. */
    public List<String> classNames() {
        return train.classNames();
    }
}
