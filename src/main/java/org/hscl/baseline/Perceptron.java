package org.hscl.baseline;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Linear;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.hscl.engine.Scalar;
import org.hscl.model.Weights;

/**
 * The layers that SS-DGM's networks are made of, by name among some weights: ReLU after every hidden one, the variance of a code
 * passed through softplus in logarithms, so that it is at least 1 (as in the released code).
 *
 * @param weights that hold the layers
 */
record Perceptron(Weights weights) {

    private static final double TINY = 1e-8;

    /**
     * A drawn code and what it costs.
     *
     * @param mean μ, (N, Z)
     * @param drawn z = μ + σε, (N, Z)
     * @param divergence log N(z; μ, σ²) − log N(z; 0, I) of the draw, (N)
     */
    record Code(NDArray mean, NDArray drawn, NDArray divergence) {}

    /** Adds a fresh layer: Xavier-normal weights, zero biases. */
    void add(String name, int input, int output, SplittableRandom random) {
        double deviation = Math.sqrt(2.0 / (input + output));
        float[] values = new float[input * output];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (deviation * random.nextGaussian());
        }
        weights.add(name + ".weight", weights.manager().create(values, new Shape(output, input)));
        weights.add(name + ".bias", weights.manager().zeros(new Shape(output)));
    }

    /** Adds hidden layers and the code's mean and variance: input, hidden sizes, code. */
    void addEncoder(int[] sizes, SplittableRandom random) {
        int last = sizes.length - 1;
        IntStream.range(0, last - 1).forEach(i -> add("encoder.hidden." + i, sizes[i], sizes[i + 1], random));
        add("encoder.sample.mu", sizes[last - 1], sizes[last], random);
        add("encoder.sample.log_var", sizes[last - 1], sizes[last], random);
    }

    /** Adds hidden layers and the reconstruction: code, hidden sizes, output. */
    void addDecoder(int[] sizes, SplittableRandom random) {
        int last = sizes.length - 1;
        IntStream.range(0, last - 1).forEach(i -> add("decoder.hidden." + i, sizes[i], sizes[i + 1], random));
        add("decoder.reconstruction", sizes[last - 1], sizes[last], random);
    }

    /** One layer: (N, in) → (N, out). */
    NDArray linear(String name, NDArray x) {
        return Linear.linear(x, weights.get(name + ".weight"), weights.get(name + ".bias")).singletonOrThrow();
    }

    private NDArray hidden(String part, NDArray x) {
        NDArray active = x;
        for (int i = 0; weights.has(part + ".hidden." + i + ".weight"); i++) {
            active = Activation.relu(linear(part + ".hidden." + i, active));
        }
        return active;
    }

    /**
     * Draws a code.
     *
     * @param x (N, in)
     * @param noise ε, (N, Z)
     */
    Code encode(NDArray x, NDArray noise) {
        NDArray active = hidden("encoder", x);
        NDArray mean = linear("encoder.sample.mu", active);
        NDArray logVariance = Activation.softPlus(linear("encoder.sample.log_var", active));
        NDArray drawn = mean.add(Scalar.times(logVariance, 0.5).exp().mul(noise));
        NDArray own = drawn.sub(mean).square().div(logVariance.exp()).add(logVariance);
        NDArray divergence = Scalar.times(drawn.square().sub(own).sum(new int[] {1}), 0.5);
        return new Code(mean, drawn, divergence);
    }

    /** μ alone. */
    NDArray mean(NDArray x) {
        return linear("encoder.sample.mu", hidden("encoder", x));
    }

    /** (N, Z) → (N, in) in (0, 1). */
    NDArray decode(NDArray code) {
        return Activation.sigmoid(linear("decoder.reconstruction", hidden("decoder", code)));
    }

    /** −Σ over pixels of x log x̂ + (1 − x) log(1 − x̂): (N, in) → (N). */
    static NDArray crossEntropy(NDArray reconstruction, NDArray x) {
        NDArray lit = x.mul(Scalar.plus(reconstruction, TINY).log());
        NDArray dark = Scalar.plus(x.neg(), 1).mul(Scalar.plus(reconstruction.neg(), 1 + TINY).log());
        return lit.add(dark).sum(new int[] {1}).neg();
    }

    /** Standard normal draws, (rows, columns). */
    static NDArray noise(int rows, int columns, SplittableRandom random, NDManager manager) {
        float[] values = new float[rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return manager.create(values, new Shape(rows, columns));
    }

}
