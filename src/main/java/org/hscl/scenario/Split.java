package org.hscl.scenario;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hscl.data.Duplicates;
import org.hscl.data.ImageSet;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

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
            throw new IllegalArgumentException("%s: training images are %d pixels wide, test images %d; use one size"
                    .formatted(name, train.size(), test.size()));
        }
    }

    /** What a reader should know of two sets before they become a split: how they were read, and which images are in both. */
    static List<String> notes(ImageSet train, ImageSet test) {
        List<String> notes = new ArrayList<>();
        Stream.of(train, test)
                .flatMap(set -> set.reading().stream())
                .flatMap(reading -> reading.notes().stream())
                .distinct()
                .forEach(notes::add);
        notes.addAll(Duplicates.notes(train, test));
        return notes;
    }

    /** What training may know of each image, (N). */
    public Label[] labels() {
        return states.stream().map(SampleState::label).toArray(Label[]::new);
    }

    /** The training images in one state. */
    public int[] rowsOf(SampleState state) {
        return IntStream.range(0, states.size())
                .filter(i -> states.get(i) == state)
                .toArray();
    }

    /** How many training images are in a state. */
    public int count(SampleState state) {
        return (int) states.stream().filter(s -> s == state).count();
    }

    /**
     * What the split holds, to read or to draw: a row for each class that has images, a column of counts for each state and
     * one for the test images.
     */
    public Table describe() {
        SampleState[] columns = SampleState.values();
        Map<String, int[]> counts = new LinkedHashMap<>(); // by class; the last count is the test's
        train.classNames().forEach(name -> counts.put(name, new int[columns.length + 1]));
        test.classNames().forEach(name -> counts.putIfAbsent(name, new int[columns.length + 1]));
        for (int i = 0; i < states.size(); i++) {
            counts.get(train.classNames().get(train.labels()[i]))[states.get(i).ordinal()]++;
        }
        for (int label : test.labels()) {
            counts.get(test.classNames().get(label))[columns.length]++;
        }
        counts.values().removeIf(row -> IntStream.of(row).sum() == 0);
        Table table = Table.create(name, StringColumn.create("class", counts.keySet()));
        for (int c = 0; c <= columns.length; c++) {
            int column = c;
            String title = c < columns.length ? columns[c].title() : "test";
            table.addColumns(IntColumn.create(
                    title, counts.values().stream().mapToInt(row -> row[column]).toArray()));
        }
        return table;
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
