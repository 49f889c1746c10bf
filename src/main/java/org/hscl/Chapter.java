package org.hscl;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Embedding;
import ai.djl.training.GradientCollector;
import ai.djl.training.loss.Loss;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.hscl.augment.Augmenter;
import org.hscl.data.DataSets;
import org.hscl.data.ImageSet;
import org.hscl.engine.ComputeDevice;
import org.hscl.engine.SeededRandom;
import org.hscl.engine.Torch;
import org.hscl.eval.Encodings;
import org.hscl.eval.Roc;
import org.hscl.model.DeviceImages;
import org.hscl.model.Encoder;
import org.hscl.scenario.Label;
import org.hscl.scenario.OneClass;
import org.hscl.scenario.Split;
import org.hscl.train.Adam;
import org.hscl.train.HsclConfig;
import org.hscl.train.LearningRate;

/**
 * The whole method on one page: HSCL by the paper's equations with its default settings, to be read from top to bottom and run
 * with {@code main}. A test proves that a step here is a step of {@link org.hscl.train.Trainer}, which adds what a long run needs:
 * the released variant, switches, checkpoints, reports and a GPU that never waits.
 */
public final class Chapter implements AutoCloseable {

    private static final double TEMPERATURE = 0.5; // τ
    private static final double THRESHOLD = 0.4; // η
    private static final int TURNS = 4; // rotations by 0°, 90°, 180°, 270°

    private final HsclConfig config;
    private final Label[] labels; // (N)
    private final NDManager manager = Torch.engine().newBaseManager(ComputeDevice.choose("auto").device());
    private final DeviceImages images;
    private final Encoder encoder;
    private final Adam adam;

    /** An untrained encoder with one random prototype, and the images U ∪ L⁺ ∪ L⁻ on the device. */
    public Chapter(Split split, HsclConfig config) {
        this.config = config;
        labels = split.labels();
        images = new DeviceImages(split.train(), manager);
        encoder = Encoder.create(config.encoder(), config.seed(), manager);
        encoder.weights().requireGradients();
        adam = new Adam(encoder.weights(), config.optimizer().weightDecay());
    }

    /** Digits: the threes are normal, a tenth of the unlabeled images are other digits. Prints the losses and the AUROC. */
    public static void main(String... arguments) {
        Split split = OneClass.defaults().withNormal("3").withPollutionRatio(0.10).split(DataSets.digits());
        try (Chapter chapter = new Chapter(split, HsclConfig.small().withWidth(8).withEpochs(10))) {
            for (int epoch = 0; epoch < chapter.config.epochs(); epoch++) {
                for (int step = 0; step < chapter.steps(); step++) {
                    System.out.println("epoch %d, step %d: %s".formatted(epoch + 1, step + 1, chapter.step(epoch, step)));
                }
            }
            System.out.println("AUROC " + Roc.auroc(chapter.score(split.test()), split.testAbnormal()));
        }
    }

    /** Steps of an epoch; each takes other images, shuffled. */
    public int steps() {
        return (labels.length + config.batchSize() - 1) / config.batchSize();
    }

    /** The images of a step; at least one must not be labeled abnormal. */
    public int[] batch(int epoch, int step) {
        int[] order = SeededRandom.permutation(labels.length, SeededRandom.at(config.seed(), 1, epoch));
        int start = step * config.batchSize();
        return Arrays.copyOfRange(order, start, Math.min(start + config.batchSize(), order.length));
    }

    /** One step: learns from a batch, and returns what each loss was. */
    public Map<String, Float> step(int epoch, int step) {
        int[] batch = batch(epoch, step); // B images
        SplittableRandom random = SeededRandom.at(config.seed(), 2, epoch, step);
        try (NDManager scratch = manager.newSubManager()) {
            // Two views of each image, each flipped at random and turned four ways, then jittered, grayed and cropped.
            NDArray views = new Augmenter(config.augment()).twoViews(images.batch(batch, scratch), random); // (8B, 3, S, S)
            NDArray uniforms = scratch.create(SeededRandom.uniform(2 * TURNS * 2 * batch.length, 0, 1, random)); // (16B)
            long labeled = rows(batch, Label.NORMAL).length; // of the 2B unturned rows, by what is known of their images
            NDArray normal = scratch.create(rows(batch, Label.NORMAL, Label.UNLABELED));
            NDArray abnormal = scratch.create(rows(batch, Label.ABNORMAL));
            Map<String, NDArray> losses = new LinkedHashMap<>();
            try (GradientCollector gradients = Engine.getEngine("PyTorch").newGradientCollector()) {
                Encoder.Output output = encoder.forward(views, true);
                NDArray z = output.projection(); // (8B, D)
                losses.put("sample-to-sample", sampleToSample(z));
                losses.put("shift", shift(output.shift()));
                NDArray zNormal = select(z, normal); // (N, D): labeled ones first
                NDArray zAbnormal = select(z, abnormal); // (A, D)
                NDArray nearest = nearest(zNormal, encoder.prototypes()); // (N, 1)
                NDArray weights = weights(nearest, labeled);
                if (abnormal.isEmpty()) { // nothing to push away
                    losses.put("sample-to-prototype", pull(nearest, weights));
                } else {
                    losses.put("sample-to-prototype", pull(nearest, weights).add(push(zAbnormal, encoder.prototypes())));
                    losses.put("normal-to-abnormal", normalToAbnormal(zNormal, zAbnormal, weights, uniforms));
                }
                // Eq. 8 with λ₁ = λ₂ = 1
                gradients.backward(losses.values().stream().reduce(NDArray::add).orElseThrow());
            }
            adam.step(new LearningRate(config.optimizer(), config.epochs()).ofStep(epoch, step, steps()));
            Map<String, Float> values = new LinkedHashMap<>();
            losses.forEach((name, loss) -> values.put(name, loss.getFloat()));
            return values;
        }
    }

    /** Eq. 1–2: the two views of an image attract each other, all other rows repel, turned copies too. */
    public static NDArray sampleToSample(NDArray z) {
        int rows = (int) z.getShape().get(0);
        NDArray unit = unit(z, 1); // ẑ, (8B, D)
        NDArray itself = z.getManager().eye(rows).mul(-1e9f); // e^−10⁹ = 0: a row is not its own negative
        NDArray logits = unit.matMul(unit.transpose()).mul(1 / TEMPERATURE).add(itself); // (8B, 8B)
        NDArray positive = unit.get(":{}", rows / 2).mul(unit.get("{}:", rows / 2)).sum(new int[] {1}, true).mul(1 / TEMPERATURE);
        return logSumExp(logits).mean().sub(positive.mean());
    }

    /** CSI's term: which way was each row turned? Rows are view-major, then rotation-major. */
    public static NDArray shift(NDArray logits) {
        long rows = logits.getShape().get(0);
        NDArray turns = logits.getManager().arange(0f, TURNS).reshape(1, TURNS, 1).broadcast(2, TURNS, rows / (2 * TURNS));
        return Loss.softmaxCrossEntropyLoss().evaluate(new NDList(turns.reshape(rows)), new NDList(logits));
    }

    /** max_k ẑᵢ·p̂ₖ, (N, 1). */
    public static NDArray nearest(NDArray z, NDArray prototypes) {
        return similarity(z, prototypes).max(new int[] {1}, true);
    }

    /** Eq. 5: 1 for a labeled normal row, (nearest + 1)/2 for an unlabeled one; a constant for the gradient. */
    public static NDArray weights(NDArray nearest, long labeled) {
        NDArray soft = nearest.stopGradient().add(1).mul(0.5f);
        NDArray known = nearest.getManager().arange((float) soft.size()).lt(labeled).reshape(-1, 1);
        return NDArrays.where(known, soft.onesLike(), soft);
    }

    /** Eq. 4, first part: normal and unlabeled rows come close to a prototype, each by its weight. */
    public static NDArray pull(NDArray nearest, NDArray weights) {
        return nearest.add(-1).mul(weights).square().mean();
    }

    /** Eq. 4, second part: abnormal rows stay away from all prototypes. */
    public static NDArray push(NDArray zAbnormal, NDArray prototypes) {
        return Activation.relu(similarity(zAbnormal, prototypes)).square().mean();
    }

    /** Eq. 6–7: rows drawn as normal, p(i) ∝ wᵢ · 1[wᵢ > η], attract each other in pairs; abnormal rows repel them. */
    public static NDArray normalToAbnormal(NDArray zNormal, NDArray zAbnormal, NDArray weights, NDArray uniforms) {
        NDArray mass = weights.mul(weights.gt(THRESHOLD).toType(DataType.FLOAT32, false)); // (N, 1)
        NDArray cumulative = mass.reshape(1, -1).toType(DataType.FLOAT64, false).cumSum(1); // (1, N)
        NDArray share = cumulative.div(cumulative.max().maximum(1e-30));
        NDArray u = uniforms.reshape(-1, 1).toType(DataType.FLOAT64, false);
        NDArray drawn = share.lte(u).toType(DataType.INT64, false).sum(new int[] {1}).minimum(mass.size() - 1); // (16B)
        NDArray unit = unit(zNormal, 1);
        NDArray anchor = select(unit, drawn.get(":{}", drawn.size() / 2)); // (8B, D)
        NDArray positive = anchor.mul(select(unit, drawn.get("{}:", drawn.size() / 2))).sum(new int[] {1}, true); // (8B, 1)
        NDArray negative = anchor.matMul(unit(zAbnormal, 1).transpose()); // (8B, A)
        NDArray logits = NDArrays.concat(new NDList(positive, negative), 1).mul(1 / TEMPERATURE); // (8B, 1 + A)
        NDArray any = mass.sum().gt(0).toType(DataType.FLOAT32, false); // 0 where no row is above η
        return logSumExp(logits).mean().sub(positive.mul(1 / TEMPERATURE).mean()).mul(any);
    }

    /** Eq. 9: s(x) = max_k f(x)·p̂ₖ of clean images, higher is more normal, (M). */
    public double[] score(ImageSet set) {
        return Encodings.scores(set, manager, x -> nearest(encoder.forward(x, false).projection(), encoder.prototypes()));
    }

    private static NDArray similarity(NDArray z, NDArray prototypes) {
        return unit(z, 1).matMul(unit(z.getManager().zeros(prototypes.getShape()).add(prototypes), 0)); // (N, K)
    }

    private static NDArray unit(NDArray z, int axis) {
        return z.div(z.square().sum(new int[] {axis}, true).add(1e-24f).sqrt());
    }

    private static NDArray logSumExp(NDArray logits) {
        NDArray largest = logits.stopGradient().max(new int[] {1}, true);
        return logits.sub(largest).exp().sum(new int[] {1}, true).log().add(largest);
    }

    private static NDArray select(NDArray z, NDArray rows) {
        return Embedding.embedding(rows, z, SparseFormat.DENSE).singletonOrThrow();
    }

    /** Rows of both views that are not turned, of images with one label, then with the next. */
    private long[] rows(int[] batch, Label... wanted) {
        int half = TURNS * batch.length;
        return Arrays.stream(wanted).flatMapToInt(label -> IntStream.range(0, 2 * half)
                        .filter(row -> row % half < batch.length && labels[batch[row % half]] == label))
                .asLongStream().toArray();
    }

    /** The encoder as it stands. */
    public Encoder encoder() {
        return encoder;
    }

    @Override
    public void close() {
        manager.close();
    }
}
