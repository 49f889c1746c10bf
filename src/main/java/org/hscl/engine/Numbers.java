package org.hscl.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** A parcel on the device: its numbers are taken by their names, each of them once. */
public final class Numbers {

    private final NDArray sent;
    private final Map<String, Section> sections = new HashMap<>();

    /** What is left of the numbers of a name: from one place to before another. */
    private record Section(long from, long to) {}

    /** The numbers of one parcel among those that were sent together. */
    Numbers(NDArray sent, long start, Map<String, Integer> counts) {
        this.sent = sent;
        long from = start;
        for (Map.Entry<String, Integer> count : counts.entrySet()) {
            sections.put(count.getKey(), new Section(from, from + count.getValue()));
            from += count.getValue();
        }
    }

    /**
     * Numbers of a name, all or the next of them.
     *
     * @param owner of the result, which shares the parcel's memory
     * @param shape how they are arranged
     * @return float32, of that shape
     * @throws IllegalStateException if the parcel has none of that name, or fewer left
     */
    public NDArray take(String name, NDManager owner, long... shape) {
        Shape wanted = new Shape(shape);
        Section section = sections.get(name);
        if (section == null) {
            throw new IllegalStateException("the parcel has no '%s'; put what is taken: it has %s".formatted(name, new TreeSet<>(sections.keySet())));
        }
        long end = section.from + wanted.size();
        if (end > section.to) {
            throw new IllegalStateException("the parcel has %d numbers '%s' left, and %d are taken; put as many as are taken"
                    .formatted(section.to - section.from, name, wanted.size()));
        }
        sections.put(name, new Section(end, section.to));
        try (NDArray flat = sent.get(owner, new NDIndex().addSliceDim(section.from, end))) {
            return flat.reshape(wanted);
        }
    }

    /**
     * Whole numbers of a name, such as those of rows.
     *
     * @return int64, (count)
     * @throws IllegalStateException if the parcel has none of that name, or fewer left
     */
    public NDArray takeRows(String name, NDManager owner, long count) {
        try (NDArray numbers = take(name, owner, count)) {
            return numbers.toType(DataType.INT64, false);
        }
    }

    /** Names of numbers that nobody has taken yet. */
    public SortedSet<String> left() {
        SortedSet<String> names = new TreeSet<>();
        sections.forEach((name, section) -> {
            if (section.from < section.to) {
                names.add(name);
            }
        });
        return names;
    }
}
