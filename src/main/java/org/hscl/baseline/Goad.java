package org.hscl.baseline;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.loss.Loss;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.hscl.augment.Augmenter;
import org.hscl.data.ImageSet;
import org.hscl.detect.NormalityModel;
import org.hscl.engine.Scalar;
import org.hscl.engine.Torch;
import org.hscl.eval.Encodings;
import org.hscl.model.Encoder;
import org.hscl.scenario.Label;
import org.hscl.scenario.Split;
import org.hscl.train.HsclConfig;
import org.hscl.train.RunOptions;
import org.hscl.train.TrainingListener;

/**
 * GOAD: features of M transformed copies are gathered about M centres (Bergman and Hoshen 2020, Eq. 5), and an image is strange
 * whose copies are not nearest to their own centre (Eq. 7–8 there). Trained on L⁺ ∪ U, without other augmentation; L⁻ is not used.
 *
 * <p>Changed: eight transformations of B images a step in place of 72 of four, so that a step is as large as HSCL's; this
 * library's encoder, Adam schedule and number of steps; centres from one pass over the training images when the training is
 * over, in evaluation mode, in place of means over the last epoch.
 *
 * @param numbers which {@link Transformations}; published the first 72
 */
record Goad(int[] numbers) implements Method {

    private static final double MARGIN = 0.1;
    private static final double TRIPLET_WEIGHT = 0.1;
    private static final double NORM_WEIGHT = 10;
    private static final double FAR = 1e9;

    @Override
    public String name() {
        return numbers.length == Transformations.REGULAR ? "GOAD with 72 transformations" : "GOAD";
    }

    @Override
    public String citation() {
        return "Bergman and Hoshen, Classification-Based Anomaly Detection for General Data, ICLR 2020";
    }

    @Override
    public NormalityModel fit(Split split, HsclConfig config, RunOptions options, TrainingListener listener) {
        try (DeepTraining training = new DeepTraining(split, config, options, listener)) {
            int[] taken = training.rows(Label.NORMAL, Label.UNLABELED);
            RowDraws.require(taken, "normal or unlabeled images", split);
            int copies = numbers.length;
            int size = split.train().size();
            var transformations = new Transformations(numbers, size, training.manager());
            LinearHead.add(training.encoder(), copies, config.seed());
            int batch = Math.max(2, Augmenter.ROWS_PER_IMAGE * config.batchSize() / copies);
            training.run(taken, batch, (rows, random, scratch) -> {
                int[] repeated = IntStream.range(0, batch * copies).map(i -> rows[i / copies]).toArray();
                int[] which = IntStream.range(0, batch * copies).map(i -> i % copies).toArray();
                NDArray views =
                        transformations.apply(training.images(repeated, scratch), which, TransformationModel.OUTSIDE);
                Encoder.Output output = training.forward(views);
                NDArray z = output.penultimate().reshape(batch, copies, -1); // (B, M, D)
                return loss(z, LinearHead.logits(training.encoder(), output));
            }, listener);
            NDManager manager = Torch.engine().newBaseManager(training.manager().getDevice());
            Encoder folded = training.encoder().folded(manager);
            var kept = new Transformations(numbers, size, manager);
            NDArray centers = centers(split.train().select(taken), new TransformationModel(
                    folded, manager, kept, (output, m) -> output.penultimate().sum(new int[] {1})));
            return new TransformationModel(
                    folded, manager, kept, (output, m) -> surprise(output.penultimate(), centers, m, 0).neg());
        }
    }

    /** c_m, the mean features of the m-th copies, (M, D). */
    private static NDArray centers(ImageSet train, TransformationModel model) {
        NDList centers = new NDList();
        for (int m = 0; m < model.transformations().count(); m++) {
            int number = m;
            float[][] features = Encodings.read(
                    train, model.manager(), batch -> Encodings.rows(model.output(batch, number).penultimate()));
            double[] sum = new double[features[0].length];
            for (float[] row : features) {
                Arrays.setAll(sum, d -> sum[d] + row[d]);
            }
            float[] mean = new float[sum.length];
            for (int d = 0; d < sum.length; d++) {
                mean[d] = (float) (sum[d] / features.length);
            }
            centers.add(model.manager().create(mean, new Shape(1, mean.length)));
        }
        return NDArrays.concat(centers);
    }

    /**
     * Cross-entropy of the linear head + .1 · triplet + 10 · mean of z².
     *
     * @param z (B, M, D)
     * @param logits of the linear head, image-major, (B · M, M)
     */
    static NDArray loss(NDArray z, NDArray logits) {
        return crossEntropy(logits)
                .add(Scalar.times(triplet(z, MARGIN), TRIPLET_WEIGHT))
                .add(Scalar.times(z.square().mean(), NORM_WEIGHT));
    }

    /** Which transformation was it? (B · M, M), image-major → a scalar. */
    static NDArray crossEntropy(NDArray logits) {
        long copies = logits.getShape().get(1);
        long rows = logits.getShape().get(0);
        long[] which = IntStream.range(0, (int) rows).mapToLong(i -> i % copies).toArray();
        return Loss.softmaxCrossEntropyLoss().evaluate(new NDList(logits.getManager().create(which)), new NDList(logits));
    }

    /** Mean of max(0, own squared distance + margin − the smallest other), centres being the batch's means: (B, M, D) → a scalar. */
    static NDArray triplet(NDArray z, double margin) {
        long copies = z.getShape().get(1);
        NDArray centers = z.mean(new int[] {0}); // (M, D), within the gradient's reach
        NDArray distance = squaredDistances(z.reshape(-1, z.getShape().get(2)), centers).reshape(-1, copies, copies);
        NDArray own = z.getManager().eye((int) copies).toType(z.getDataType(), false); // (M, M)
        NDArray attracted = distance.mul(own).sum(new int[] {2}); // (B, M)
        NDArray nearest = distance.add(Scalar.times(own, FAR)).min(new int[] {2});
        NDArray excess = Scalar.plus(attracted.sub(nearest), margin);
        return excess.maximum(Scalar.of(excess, 0)).mean();
    }

    /** ‖z − c‖²: (N, D), (M, D) → (N, M). */
    private static NDArray squaredDistances(NDArray z, NDArray centers) {
        NDArray far = z.square().sum(new int[] {1}, true).add(centers.square().sum(new int[] {1}));
        return far.sub(Scalar.times(z.matMul(centers.transpose()), 2));
    }

    /**
     * −log of the probability that a copy belongs to its centre.
     *
     * @param z features of copy m, (N, D)
     * @param centers (M, D)
     * @param epsilon smaller squared distances count as this; published 0
     * @return (N)
     */
    static NDArray surprise(NDArray z, NDArray centers, int m, double epsilon) {
        NDArray local = z.getManager().zeros(centers.getShape(), z.getDataType()).add(centers); // these outlive the batch
        NDArray distance = squaredDistances(z, local);
        return distance.maximum(Scalar.of(distance, epsilon)).neg().logSoftmax(1).get(":, {}", m).neg();
    }
}
