package org.hscl.scenario;

import java.util.Arrays;
import java.util.List;
import org.hscl.data.ImageSet;

/**
 * A training set with the state of each image, and a test set with the truth.
 *
 * @param name what the split is, such as {@code Fashion-MNIST: normal Sandal, γ_l 0.05, γ_p 0.10}
 * @param train the training images, U ∪ L⁺ ∪ L⁻, (N)
 * @param states the state of each training image, (N)
 * @param test the test images, (M); its classes give the AUROC of each abnormal class
 * @param testAbnormal whether each test image is an anomaly, (M)
 * @param notes findings for the reader, such as duplicates between training and test
 */
public record Split(
        String name,
        ImageSet train,
        List<SampleState> states,
        ImageSet test,
        boolean[] testAbnormal,
        List<String> notes) {

    /** Checks that every image has its state. */
    public Split {
        states = List.copyOf(states);
        notes = List.copyOf(notes);
        if (states.size() != train.count() || testAbnormal.length != test.count()) {
            throw new IllegalArgumentException(
                    "%s: %d states for %d training images, %d truths for %d test images; give one each"
                            .formatted(name, states.size(), train.count(), testAbnormal.length, test.count()));
        }
        if (test.count() > 0 && test.size() != train.size()) {
            throw new IllegalArgumentException(
                    "%s: training images are %d pixels wide, test images %d; use one size"
                            .formatted(name, train.size(), test.size()));
        }
    }

    /** What training may know of each image, (N). */
    public Label[] labels() {
        return states.stream().map(SampleState::label).toArray(Label[]::new);
    }

    /** The training images in one state. */
    public int[] rowsOf(SampleState state) {
        return java.util.stream.IntStream.range(0, states.size()).filter(i -> states.get(i) == state).toArray();
    }

    /** How many training images are in a state. */
    public int count(SampleState state) {
        return (int) states.stream().filter(s -> s == state).count();
    }

    /** Two splits are equal where their images, states and truths are. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Split that
                && name.equals(that.name)
                && states.equals(that.states)
                && Arrays.equals(train.pixels(), that.train.pixels())
                && Arrays.equals(test.pixels(), that.test.pixels())
                && Arrays.equals(testAbnormal, that.testAbnormal);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + states.hashCode();
    }
}
