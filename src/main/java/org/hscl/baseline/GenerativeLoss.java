package org.hscl.baseline;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.hscl.engine.Scalar;

/**
 * SS-DGM's losses (Kingma et al. 2014, Eq. 6–9): M1, a variational autoencoder of images, and M2, one whose label is a latent
 * variable too, on M1's codes.
 *
 * @param m1 images to codes z₁
 * @param m2 codes and labels to codes z₂, these and labels to images; and the classifier q(y | μ₁)
 */
record GenerativeLoss(Perceptron m1, Perceptron m2) {

    private static final double TINY = 1e-8;

    /** Mean over images of reconstruction and divergence: (N, in), ε (N, Z₁) → a scalar. */
    static NDArray ofM1(Perceptron m1, NDArray x, NDArray noise) {
        Perceptron.Code code = m1.encode(x, noise);
        return Perceptron.crossEntropy(m1.decode(code.drawn()), x).add(code.divergence()).mean();
    }

    /** ℓ(x, y): what it costs to explain an image with a label, (N). */
    NDArray bound(NDArray x, NDArray oneHot, NDArray noise1, NDArray noise2) {
        NDArray first = m1.encode(x, noise1).drawn().stopGradient();
        Perceptron.Code code = m2.encode(first.concat(oneHot, 1), noise2);
        NDArray reconstruction = m2.decode(code.drawn().concat(oneHot, 1));
        NDArray unexplained = Perceptron.crossEntropy(reconstruction, x).add(code.divergence());
        return Scalar.plus(unexplained, Math.log(oneHot.getShape().get(1)));
    }

    /** Logits of q(y | x), (N, 2). */
    NDArray logits(NDArray x) {
        NDArray hidden = m2.linear("classifier.dense", m1.mean(x).stopGradient());
        return m2.linear("classifier.logits", hidden.maximum(Scalar.of(hidden, 0)));
    }

    /** L + α · cross-entropy of labeled images. */
    NDArray labeled(NDArray x, NDArray oneHot, NDArray noise1, NDArray noise2, double alpha) {
        return bound(x, oneHot, noise1, noise2).mean().add(Scalar.times(crossEntropy(x, oneHot), alpha));
    }

    /** −mean of log q(y | x). */
    NDArray crossEntropy(NDArray x, NDArray oneHot) {
        return Scalar.plus(logits(x).softmax(1), TINY).log().mul(oneHot).sum(new int[] {1}).mean().neg();
    }

    /**
     * U: the mean over unlabeled images of Σ_y q(y|x) ℓ(x, y) − H(q).
     *
     * @param x (N, in)
     * @param noise1 (2N, Z₁): all images as normal, then as abnormal
     * @param noise2 (2N, Z₂)
     */
    NDArray unlabeled(NDArray x, NDArray noise1, NDArray noise2) {
        long count = x.getShape().get(0);
        NDArray zeros = x.getManager().zeros(new Shape(count), x.getDataType());
        NDArray labels = zeros.concat(Scalar.plus(zeros, 1)); // (2N)
        NDArray costs = bound(x.concat(x), DivideMix.oneHot(labels), noise1, noise2).reshape(2, count).transpose(); // (N, 2)
        NDArray q = logits(x).softmax(1);
        NDArray surprise = q.mul(Scalar.plus(q, TINY).log()); // −H by class
        return q.mul(costs).add(surprise).sum(new int[] {1}).mean();
    }
}
