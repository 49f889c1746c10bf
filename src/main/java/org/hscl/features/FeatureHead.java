package org.hscl.features;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Linear;
import ai.djl.training.GradientCollector;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.hscl.engine.Interruption;
import org.hscl.engine.Scalar;
import org.hscl.engine.SeededRandom;
import org.hscl.engine.Torch;
import org.hscl.loss.LossTerm;
import org.hscl.loss.NormalToAbnormal;
import org.hscl.loss.SampleToPrototype;
import org.hscl.loss.SoftWeights;
import org.hscl.loss.ThresholdSampling;
import org.hscl.loss.Variant;
import org.hscl.model.Weights;
import org.hscl.train.Adam;
import org.jspecify.annotations.Nullable;

/** One head in training: standardized features (N, C) → dropout → linear → ReLU → dropout → linear (N, D), and prototypes (D, K). */
final class FeatureHead {

    static final String PROTOTYPES = "prototypes";

    /** Rows of ready-made noise and of dropout masks, from which each step takes some: drawing them anew costs more than the step. */
    private static final int POOL = 1024;

    private static final int ROWS_AT_ONCE = 4096;

    private final HeadConfig config;
    private final Weights weights;
    private final SplittableRandom random;

    private FeatureHead(HeadConfig config, Weights weights, SplittableRandom random) {
        this.config = config;
        this.weights = weights;
        this.random = random;
    }

    /**
     * Trains a head.
     *
     * @param rows standardized features of the training pictures
     * @param number of the head; each has draws of its own
     * @param log hears of every step
     * @return its weights, which belong to {@code manager}
     */
    static Weights train(FeatureRows rows, HeadConfig config, int number, HeadLog log, NDManager manager) {
        SplittableRandom random = SeededRandom.at(config.seed(), number);
        Weights weights = initial(rows.columns(), config, random, manager);
        weights.requireGradients();
        FeatureHead head = new FeatureHead(config, weights, random);
        try (NDManager own = manager.newSubManager(); Adam adam = new Adam(weights, 0)) {
            head.train(rows.send(own), own, adam, log);
        }
        return weights;
    }

    private static Weights initial(int columns, HeadConfig config, SplittableRandom random, NDManager manager) {
        Weights weights = new Weights(manager);
        add(weights, "0", config.hidden(), columns, random, manager);
        add(weights, "2", config.dimensions(), config.hidden(), random, manager);
        weights.add(PROTOTYPES, manager.create(gaussians(config.dimensions() * config.prototypes(), random), new Shape(config.dimensions(), config.prototypes())));
        return weights;
    }

    private static void add(Weights weights, String layer, int out, int in, SplittableRandom random, NDManager manager) {
        double bound = 1 / Math.sqrt(in);
        weights.add(layer + ".weight", manager.create(SeededRandom.uniform(out * in, -bound, bound, random), new Shape(out, in)));
        weights.add(layer + ".bias", manager.create(SeededRandom.uniform(out, -bound, bound, random), new Shape(out)));
    }

    private void train(FeatureRows.OnDevice rows, NDManager manager, Adam adam, HeadLog log) {
        int columns = (int) weights.get("0.weight").getShape().get(1);
        NDArray noise = manager.create(gaussians(POOL * columns, random), new Shape(POOL, columns));
        NDArray inputs = manager.create(masks(POOL * columns), new Shape(POOL, columns));
        NDArray hidden = manager.create(masks(POOL * config.hidden()), new Shape(POOL, config.hidden()));
        for (int step = 0; step < config.steps(); step++) {
            Interruption.check("training");
            try (NDManager scratch = manager.newSubManager(); GradientCollector gradients = Torch.engine().newGradientCollector()) {
                NDArray some = rows.unlabeled().get(scratch, new NDIndex("{}", scratch.create(someUnlabeled(rows))));
                NDArray x = NDArrays.concat(new NDList(rows.labeledNormal(), some, rows.labeledAbnormal())); // (N + A, C)
                x.attach(scratch);
                NDArray noisy = x.add(Scalar.times(pooled(noise, x, scratch), config.noise())).mul(pooled(inputs, x, scratch));
                NDArray z = projection(weights, noisy, pooled(hidden, x, scratch)); // (N + A, D)
                Map<String, NDArray> losses = losses(z, rows.countLabeledNormal(), x.getShape().get(0) - rows.countLabeledAbnormal(), step);
                gradients.backward(losses.get(LossTerm.TOTAL));
                log.step(losses, x.getShape().get(0));
            }
            adam.step(config.learningRate());
        }
    }

    private long[] someUnlabeled(FeatureRows.OnDevice rows) {
        int count = (int) rows.unlabeled().getShape().get(0);
        int[] order = SeededRandom.permutation(count, random);
        return IntStream.of(order).limit(config.unlabeledRows()).asLongStream().toArray();
    }

    private NDArray pooled(NDArray pool, NDArray like, NDManager scratch) {
        long[] rows = random.ints(like.getShape().get(0), 0, POOL).asLongStream().toArray();
        return pool.get(scratch, new NDIndex("{}", scratch.create(rows)));
    }

    private static float[] gaussians(int count, SplittableRandom random) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private float[] masks(int count) {
        float kept = (float) (1 / (1 - config.dropout()));
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = random.nextDouble() < config.dropout() ? 0 : kept;
        }
        return values;
    }

    /** The total and its terms: S-P, with sharpened weights once it is time, and N-A. */
    private Map<String, NDArray> losses(NDArray z, long labeledNormal, long normal, int step) {
        NDArray prototypes = weights.get(PROTOTYPES).mul(Scalar.of(z, 1)); // (D, K), of the batch's manager
        prototypes.attach(z.getManager());
        NDArray rows = z.get("0:{}", normal); // (N, D): labeled normal, then unlabeled
        NDArray nearest = SampleToPrototype.nearest(rows, prototypes); // (N, 1)
        NDArray soft = SoftWeights.of(nearest, labeledNormal);
        Map<String, NDArray> losses = new LinkedHashMap<>();
        if (config.terms().prototypePositive()) {
            NDArray sharp = step < config.sharpenFrom() ? soft : soft.pow(Scalar.of(soft, config.sharpening()));
            losses.put(SampleToPrototype.NAME, SampleToPrototype.normalTerm(nearest, sharp));
        }
        if (normal < z.getShape().get(0)) {
            NDArray abnormal = z.get("{}:", normal); // (A, D)
            if (config.terms().prototypeNegative()) {
                losses.merge(SampleToPrototype.NAME, SampleToPrototype.abnormalTerm(abnormal, prototypes, Variant.PAPER), NDArray::add);
            }
            if (config.terms().normalToAbnormal()) {
                losses.put(NormalToAbnormal.NAME, contrast(rows, abnormal, soft));
            }
        }
        Map<String, NDArray> all = new LinkedHashMap<>();
        all.put(LossTerm.TOTAL, losses.values().stream().reduce(NDArray::add).orElseThrow());
        all.putAll(losses);
        return all;
    }

    /** N-A of normal rows drawn by their weights; 0 where none exceeds η. */
    private NDArray contrast(NDArray rows, NDArray abnormal, NDArray soft) {
        long normal = rows.getShape().get(0);
        NDArray mass = ThresholdSampling.threshold(soft, config.threshold());
        float[] uniform = SeededRandom.uniform((int) (2 * normal), 0, 1, random);
        NDArray pairs = ThresholdSampling.draw(mass, rows.getManager().create(uniform));
        NDArray contrast = NormalToAbnormal.paper(
                rows, abnormal, pairs.get(":{}", normal), pairs.get("{}:", normal), config.temperature());
        NDArray drawn = mass.sum();
        return contrast.mul(drawn.gt(Scalar.of(drawn, 0)).toType(contrast.getDataType(), false));
    }

    /** Heads as they were saved: each array by its head's number and its own name. */
    static List<Weights> read(Path file, int count, NDManager manager) throws IOException {
        List<Weights> heads = IntStream.range(0, count).mapToObj(number -> new Weights(manager)).toList();
        try (InputStream stream = Files.newInputStream(file)) {
            for (NDArray array : NDList.decode(manager, stream)) {
                int dot = array.getName().indexOf('.');
                heads.get(Integer.parseInt(array.getName().substring(0, dot))).add(array.getName().substring(dot + 1), array);
            }
        }
        return heads;
    }

    /** Eq. 9 of standardized rows by a trained head, (N) in [−1, 1]. */
    static double[] similarities(float[][] standard, Weights head, NDManager manager) {
        double[] all = new double[standard.length];
        for (int start = 0; start < all.length; start += ROWS_AT_ONCE) {
            float[][] some = Arrays.copyOfRange(standard, start, Math.min(start + ROWS_AT_ONCE, all.length));
            try (NDManager scratch = manager.newSubManager()) {
                NDArray x = FeatureRows.matrix(some, some[0].length, scratch);
                float[] scores = SampleToPrototype.nearest(projection(head, x), head.get(PROTOTYPES)).toFloatArray();
                for (int i = 0; i < scores.length; i++) {
                    all[start + i] = scores[i];
                }
            }
        }
        return all;
    }

    /** z of features, (N, D), as at scoring: nothing is left out. */
    private static NDArray projection(Weights weights, NDArray x) {
        return projection(weights, x, null);
    }

    private static NDArray projection(Weights weights, NDArray x, @Nullable NDArray mask) {
        NDArray hidden = Activation.relu(linear(weights, x, "0"));
        return linear(weights, mask == null ? hidden : hidden.mul(mask), "2");
    }

    private static NDArray linear(Weights weights, NDArray x, String layer) {
        return Linear.linear(x, weights.get(layer + ".weight"), weights.get(layer + ".bias")).singletonOrThrow();
    }
}
