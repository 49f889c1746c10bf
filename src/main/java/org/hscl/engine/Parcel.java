package org.hscl.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Numbers that are drawn or known on the host, each kind under its name, collected to be sent to the device together: at every sending
 * a GPU's host waits until all that is queued is done.
 */
public final class Parcel {

    /** Integers up to here are exact as float32. */
    private static final int LARGEST_INTEGER = 1 << 24;

    private final Map<String, Integer> counts = new LinkedHashMap<>();
    private float[] values = new float[256];
    private int size;

    /**
     * Numbers, those of several arrays one after the other.
     *
     * @param name by which {@link Numbers#take} finds them, such as {@code crop size}
     * @throws IllegalArgumentException if the name is taken
     */
    public Parcel put(String name, float[]... numbers) {
        int start = grow(name, Arrays.stream(numbers).mapToInt(some -> some.length).sum());
        for (float[] some : numbers) {
            System.arraycopy(some, 0, values, start, some.length);
            start += some.length;
        }
        return this;
    }

    /** Yes as 1, no as 0. */
    public Parcel put(String name, boolean[] flags) {
        int start = grow(name, flags.length);
        for (int i = 0; i < flags.length; i++) {
            values[start + i] = flags[i] ? 1 : 0;
        }
        return this;
    }

    /**
     * Whole numbers, such as those of rows.
     *
     * @throws IllegalArgumentException if one is larger than 2²⁴, where not every one has a float32
     */
    public Parcel put(String name, int[] numbers) {
        int start = grow(name, numbers.length);
        for (int i = 0; i < numbers.length; i++) {
            if (Math.abs(numbers[i]) > LARGEST_INTEGER) {
                throw new IllegalArgumentException("row number %d is above %d, the most that a parcel holds exactly; give fewer images"
                        .formatted(numbers[i], LARGEST_INTEGER));
            }
            values[start + i] = numbers[i];
        }
        return this;
    }

    /** Makes room; the place of the first new number. */
    private int grow(String name, int count) {
        if (counts.putIfAbsent(name, count) != null) {
            throw new IllegalArgumentException("the parcel has '%s' already; give each kind of numbers a name of its own".formatted(name));
        }
        int start = size;
        size += count;
        if (size > values.length) {
            values = Arrays.copyOf(values, Math.max(size, 2 * values.length));
        }
        return start;
    }

    /** Sends the numbers to the device of a manager, which owns them. */
    public Numbers send(NDManager manager) {
        return send(List.of(this), manager).get(0);
    }

    /**
     * Sends several parcels at once; they are opened one by one.
     *
     * @param manager owns the numbers, float32 on its device
     * @return one for each parcel, in their order
     */
    public static List<Numbers> send(List<Parcel> parcels, NDManager manager) {
        float[] all = new float[parcels.stream().mapToInt(parcel -> parcel.size).sum()];
        int start = 0;
        for (Parcel parcel : parcels) {
            System.arraycopy(parcel.values, 0, all, start, parcel.size);
            start += parcel.size;
        }
        NDArray sent = manager.create(all);
        List<Numbers> opened = new ArrayList<>();
        start = 0;
        for (Parcel parcel : parcels) {
            opened.add(new Numbers(sent, start, parcel.counts));
            start += parcel.size;
        }
        return opened;
    }
}
