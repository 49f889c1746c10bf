package org.hscl.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.hscl.data.SafeFiles;

/**
 * Named arrays: the learned parameters and the running statistics of batch normalization. They live on a manager of their
 * own until {@link #close()}.
 */
public final class Weights implements AutoCloseable {

    private final NDManager manager;
    private final Map<String, NDArray> arrays = new LinkedHashMap<>();

    /** An empty set of weights on the device of {@code parent}. */
    public Weights(NDManager parent) {
        manager = parent.newSubManager();
    }

    /** Where the arrays live. */
    public NDManager manager() {
        return manager;
    }

    /** Adds an array, which then belongs to these weights. */
    public void add(String name, NDArray array) {
        array.attach(manager);
        array.setName(name);
        arrays.put(name, array);
    }

    /**
     * The array of a name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public NDArray get(String name) {
        NDArray array = arrays.get(name);
        if (array == null) {
            throw new IllegalArgumentException("the weights have no '" + name + "'; they hold " + arrays.keySet());
        }
        return array;
    }

    /** Whether a name is there. */
    public boolean has(String name) {
        return arrays.containsKey(name);
    }

    /** All names, in the order of the network. */
    public Set<String> names() {
        return arrays.keySet();
    }

    /** Whether a name is a running statistic, which Adam does not touch. */
    public static boolean isStatistic(String name) {
        return name.endsWith("running_mean") || name.endsWith("running_var");
    }

    /** Marks the learned arrays, so that a backward pass leaves their gradients. */
    public void requireGradients() {
        arrays.forEach((name, array) -> {
            if (!isStatistic(name)) {
                array.setRequiresGradient(true);
            }
        });
    }

    /**
     * The same values out of the gradient's reach, for one pass: whatever thread it runs on, nothing is kept for a backward
     * pass.
     *
     * @param parent owns the result until it is closed
     */
    Weights constant(NDManager parent) {
        Weights constant = new Weights(parent);
        arrays.forEach((name, array) -> constant.add(name, array.stopGradient()));
        return constant;
    }

    /**
     * The same for the trunk of a precision, within the gradient's reach: convolutions in its numbers, all others as they are.
     *
     * @param parent owns what is new in the result, until it is closed
     */
    Weights lowered(Precision precision, NDManager parent) {
        Weights lowered = new Weights(parent);
        lowered.arrays.putAll(arrays); // lent, not attached
        List<String> names = arrays.keySet().stream().filter(this::isOfConvolution).toList();
        if (precision != Precision.FLOAT32) {
            List<NDArray> cast = precision.lower(names.stream().map(arrays::get).toList());
            for (int i = 0; i < cast.size(); i++) {
                lowered.add(names.get(i), cast.get(i));
            }
        }
        return lowered;
    }

    private boolean isOfConvolution(String name) {
        NDArray weight = arrays.get(name.replaceFirst("\\.bias$", ".weight"));
        return weight != null && weight.getShape().dimension() == 4;
    }

    /** All arrays, named, for saving; they still belong to these weights. */
    public NDList toList() {
        return new NDList(arrays.values());
    }

    /** Copies the values of arrays with the same names and shapes into these weights. */
    public void load(NDList values) {
        Map<String, NDArray> source = new LinkedHashMap<>();
        values.forEach(array -> source.put(array.getName(), array));
        arrays.forEach((name, array) -> {
            NDArray value = source.get(name);
            if (value == null || !value.getShape().equals(array.getShape())) {
                throw new IllegalArgumentException("weight '%s' should have shape %s, but the file holds %s"
                        .formatted(name, array.getShape(), value == null ? "none" : value.getShape()));
            }
            assign(array, value);
        });
    }

    /** Gives an array, learned or not, the values of another on any device; DJL's own copyTo makes PyTorch print a warning. */
    public static void assign(NDArray array, NDArray values) {
        NDArray there = values.toDevice(array.getDevice(), false); // itself on the same device
        try (NDArray same = array.stopGradient()) { // shares the memory
            same.set(new NDIndex("..."), there);
        } finally {
            if (there != values) {
                there.close();
            }
        }
    }

    /** A copy on the device of {@code parent}, which learning does not touch. */
    public Weights copy(NDManager parent) {
        Weights copy = new Weights(parent);
        arrays.keySet().forEach(name -> copy.add(name, copy(name, copy.manager)));
        return copy;
    }

    /** A copy of one array, outside the gradient's reach, that belongs to {@code owner} and is on its device. */
    NDArray copy(String name, NDManager owner) {
        try (NDArray values = get(name).stopGradient();
                NDArray there = values.toDevice(owner.getDevice(), false)) {
            NDArray copy = there.duplicate(); // toDevice shares memory on the same device, even if asked not to
            copy.attach(owner);
            return copy;
        }
    }

    /** Whether every value is a finite number; waits for the device. */
    public boolean areFinite() {
        try (NDManager scratch = manager.newSubManager()) {
            NDList flags = new NDList();
            for (NDArray array : arrays.values()) {
                NDArray local = array.stopGradient();
                local.attach(scratch);
                flags.add(local.sub(local).eq(0).all()); // ∞ − ∞ and NaN − NaN are NaN
            }
            return NDArrays.stack(flags).all().getBoolean();
        }
    }

    /** SHA-256 of all arrays in the order of their names: each name in UTF-8, then its float32 values, little-endian. */
    public String sha256() {
        MessageDigest digest = SafeFiles.sha256();
        for (String name : new TreeSet<>(arrays.keySet())) {
            digest.update(name.getBytes(StandardCharsets.UTF_8));
            digest.update(arrays.get(name).toByteBuffer());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    @Override
    public void close() {
        manager.close();
    }
}
