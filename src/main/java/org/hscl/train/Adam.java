package org.hscl.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hscl.model.Weights;

/**
 * Adam with L2 (Kingma and Ba 2014), PyTorch's own kernel. DJL's {@code Adam} does the same but hides its moments, which a
 * checkpoint needs.
 */
public final class Adam implements AutoCloseable {

    private static final float BETA1 = 0.9f;
    private static final float BETA2 = 0.999f;
    private static final double EPSILON = 1e-8;
    private static final float NO_CLIPPING = -1;

    private final Weights weights;
    private final double weightDecay;
    private final NDManager manager;
    private final Map<String, NDArray> first = new LinkedHashMap<>();
    private final Map<String, NDArray> second = new LinkedHashMap<>();
    private long steps;

    /** An optimizer of the learned arrays among {@code weights}, its moments 0. */
    public Adam(Weights weights, double weightDecay) {
        this.weights = weights;
        this.weightDecay = weightDecay;
        manager = weights.manager().newSubManager();
        for (String name : weights.names()) {
            if (!Weights.isStatistic(name)) {
                first.put(name, moment(name, "adam.first."));
                second.put(name, moment(name, "adam.second."));
            }
        }
    }

    private NDArray moment(String name, String prefix) {
        NDArray like = weights.get(name);
        NDArray moment = manager.zeros(like.getShape(), like.getDataType());
        moment.setName(prefix + name);
        return moment;
    }

    /**
     * One step from the gradients that a backward pass left at the weights; leaves them 0.
     *
     * @param learningRate above 0
     */
    public void step(double learningRate) {
        steps++;
        double secondCorrection = Math.sqrt(1 - Math.pow(BETA2, steps));
        double rate = learningRate * secondCorrection / (1 - Math.pow(BETA1, steps));
        // The kernel adds ε to the uncorrected √v; PyTorch adds it after the correction.
        float epsilon = (float) (EPSILON * secondCorrection);
        for (String name : first.keySet()) {
            NDArray weight = weights.get(name);
            try (NDArray gradient = weight.getGradient()) {
                weight.getNDArrayInternal()
                        .adamUpdate(
                                new NDList(weight, gradient, first.get(name), second.get(name)),
                                new NDList(weight),
                                (float) learningRate,
                                (float) rate,
                                (float) weightDecay,
                                1,
                                NO_CLIPPING,
                                BETA1,
                                BETA2,
                                epsilon,
                                true,
                                false);
            }
        }
    }

    /** The moments, named, for a checkpoint; they still belong to this optimizer. */
    public NDList moments() {
        NDList all = new NDList(first.values());
        all.addAll(second.values());
        return all;
    }

    /** How many steps have been taken. */
    public long steps() {
        return steps;
    }

    /**
     * Puts back the moments of a checkpoint.
     *
     * @param stepsTaken steps that led to them
     */
    public void restore(NDList moments, long stepsTaken) {
        Map<String, NDArray> saved = new LinkedHashMap<>();
        moments.forEach(array -> saved.put(array.getName(), array));
        moments().forEach(array -> {
            NDArray value = saved.get(array.getName());
            if (value == null || !value.getShape().equals(array.getShape())) {
                throw new IllegalArgumentException("the checkpoint has no moment '" + array.getName() + "' of shape "
                        + array.getShape() + "; it belongs to another network");
            }
            Weights.assign(array, value);
        });
        steps = stepsTaken;
    }

    @Override
    public void close() {
        manager.close();
    }
}
