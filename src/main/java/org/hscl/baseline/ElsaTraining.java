package org.hscl.baseline;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.hscl.augment.Augmenter;
import org.hscl.augment.Rotation;
import org.hscl.detect.NormalityModel;
import org.hscl.engine.SeededRandom;
import org.hscl.engine.Torch;
import org.hscl.eval.Encodings;
import org.hscl.loss.SampleToSample;
import org.hscl.model.Encoder;
import org.hscl.scenario.Label;
import org.hscl.scenario.Split;
import org.hscl.train.HsclConfig;
import org.hscl.train.RunOptions;
import org.hscl.train.Trainer;
import org.hscl.train.TrainingListener;

/** One training of {@link Elsa} under way. */
final class ElsaTraining {

    private static final long VIEWS = 12;

    private static final long CLUSTERS = 11;

    private static final double HELD_OUT = 0.05;

    private static final double FINE_RATE = 1e-4;

    private static final int IMAGES_PER_PROTOTYPE = 12;

    private static final int PROTOTYPES = 50;

    private final boolean plus;
    private final Split split;
    private final HsclConfig config;
    private final DeepTraining training;
    private final Label[] labels;
    private final Augmenter gentle;
    private final int[] trusted; // L⁺ ∪ U
    private final int[] heldOut;
    private final int[] trained;
    private final Energy energy;
    private NDArray prototypes;
    private NDList best = new NDList();
    private double bestAuroc = -1;

    ElsaTraining(boolean plus, Split split, HsclConfig config, DeepTraining training) {
        this.plus = plus;
        this.split = split;
        this.config = config;
        this.training = training;
        labels = split.labels();
        gentle = new Augmenter(config.augment().forEnsemble());
        trusted = training.rows(Label.NORMAL, Label.UNLABELED);
        int[] unlabeled = training.rows(Label.UNLABELED);
        int[] order = SeededRandom.permutation(unlabeled.length, SeededRandom.at(config.seed(), VIEWS));
        heldOut = IntStream.range(0, (int) (HELD_OUT * unlabeled.length)).map(i -> unlabeled[order[i]]).toArray();
        int[] sorted = heldOut.clone();
        Arrays.sort(sorted);
        trained = IntStream.range(0, labels.length).filter(i -> Arrays.binarySearch(sorted, i) < 0).toArray();
        int clusters = Math.min(PROTOTYPES, trusted.length / IMAGES_PER_PROTOTYPE);
        energy = new Energy(Math.max(Energy.LEAST_PROTOTYPES, clusters), config.loss().temperature());
        if (trusted.length < energy.prototypes()) {
            throw new IllegalArgumentException("%s has %d normal and unlabeled images, but Elsa's energy takes at least %d "
                    .formatted(split.name(), trusted.length, energy.prototypes()) + "prototypes; give more images");
        }
        prototypes = training.manager().zeros(new Shape(1));
    }

    /** Stage 1 on L⁺ ∪ U. */
    void preTrain(int epochs, RunOptions options, TrainingListener listener) {
        HsclConfig shorter = config.withEpochs(epochs)
                .withOptimizer(config.optimizer().withWarmupEpochs(Math.min(config.optimizer().warmupEpochs(), epochs / 2.0)));
        if (plus) {
            try (Trainer trainer = Csi.trainer(true, split, shorter, options, listener)) {
                trainer.train(listener);
                training.encoder().weights().load(trainer.encoder().weights().toList());
            }
            training.count((long) epochs * ((trusted.length + config.batchSize() - 1) / config.batchSize())
                    * config.batchSize() * Augmenter.ROWS_PER_IMAGE);
            return;
        }
        Augmenter strong = new Augmenter(config.augment());
        training.run(TrainingPhase.cosine(shorter, 0, epochs), trusted, config.batchSize(), (rows, random, scratch) -> {
            NDArray clean = training.images(rows, scratch);
            NDArray views = NDArrays.concat(new NDList(strong.sample(clean, random), strong.sample(clean, random)));
            return SampleToSample.loss(training.forward(views).projection(), config.loss().temperature());
        }, listener);
    }

    /** Stages 2 and 3. */
    void fineTune(int first, int epochs, TrainingListener listener) {
        training.beforeEpoch(this::cluster);
        training.afterEpoch(epoch -> keepTheBest());
        training.run(new TrainingPhase(first, epochs, (epoch, step, steps) -> FINE_RATE), trained, config.batchSize(),
                plus ? this::lossOfRotations : this::loss, listener);
        if (!best.isEmpty()) {
            prototypes.close();
            prototypes = best.remove(best.size() - 1);
            training.encoder().weights().load(best);
        }
        listener.onMessage("K is %d; %s".formatted(energy.prototypes(), training.rowsTrained()));
    }

    private void cluster(int epoch) {
        Encoder encoder = training.encoder();
        try (NDManager scratch = training.manager().newSubManager()) {
            int turns = plus ? Rotation.COUNT : 1;
            double[][] rows = new double[turns * trusted.length][];
            for (int r = 0; r < turns; r++) {
                int turn = r;
                float[][] z = Encodings.read(split.train().select(trusted), scratch, batch ->
                        Encodings.rows(Energy.unit(encoder.forward(Rotation.apply(batch, turn), false).projection())));
                for (int i = 0; i < z.length; i++) {
                    float[] row = z[i];
                    rows[r * z.length + i] = IntStream.range(0, row.length).mapToDouble(d -> row[d]).toArray();
                }
            }
            double[][] centers = SphericalKMeans.of(rows, energy.prototypes(),
                    SeededRandom.at(config.seed(), CLUSTERS, epoch)).centers();
            int dimensions = centers[0].length;
            float[] flat = new float[centers.length * dimensions];
            for (int i = 0; i < flat.length; i++) {
                flat[i] = (float) centers[i / dimensions][i % dimensions];
            }
            prototypes.close();
            prototypes = training.manager().create(flat, new Shape(centers.length, dimensions));
        }
    }

    private NDArray loss(int[] rows, SplittableRandom random, NDManager scratch) {
        NDArray clean = training.images(rows, scratch);
        NDArray views = NDArrays.concat(new NDList(gentle.sample(clean, random), gentle.sample(clean, random)));
        return energy.loss(training.forward(views).projection(), prototypes, abnormal(rows, 2));
    }

    /** Rotated anomalies are anomalies; which rotation it was is learned from all other rows. Statistics are frozen. */
    private NDArray lossOfRotations(int[] rows, SplittableRandom random, NDManager scratch) {
        NDArray views = gentle.twoViews(training.images(rows, scratch), random); // (8B, 3, S, S)
        Encoder.Output output = training.forwardFrozen(views);
        boolean[] abnormal = abnormal(rows, Augmenter.ROWS_PER_IMAGE);
        int[] rotation = IntStream.range(0, abnormal.length).map(i -> i / rows.length % Rotation.COUNT).toArray();
        return energy.loss(output.projection(), prototypes, abnormal)
                .add(Energy.shiftLoss(output.shift(), rotation, abnormal));
    }

    private boolean[] abnormal(int[] rows, int copies) {
        boolean[] abnormal = new boolean[copies * rows.length];
        for (int i = 0; i < abnormal.length; i++) {
            abnormal[i] = labels[rows[i % rows.length]] == Label.ABNORMAL;
        }
        return abnormal;
    }

    /** Early stopping; without an image held out, the last epoch is the best. */
    private void keepTheBest() {
        double auroc = heldOut.length == 0 ? bestAuroc + 1 : validation();
        if (auroc > bestAuroc) {
            bestAuroc = auroc;
            best.close();
            best = new NDList();
            NDManager manager = training.manager();
            for (NDArray array : training.encoder().weights().toList()) {
                try (NDArray values = array.stopGradient()) {
                    NDArray copy = values.duplicate();
                    copy.setName(array.getName());
                    copy.attach(manager);
                    best.add(copy);
                }
            }
            best.add(prototypes.duplicate());
        }
    }

    private double validation() {
        try (NDManager scratch = training.manager().newSubManager()) {
            SplittableRandom random = SeededRandom.at(config.seed(), VIEWS, 1); // the same views every time
            NDArray weak = energies(gentle.sample(training.images(heldOut, scratch), random));
            NDArray distorted = AugmentationPolicy.elsa().views(split.train(), heldOut, random, scratch);
            return Energy.auroc(weak, energies(gentle.sample(distorted, random)));
        }
    }

    private NDArray energies(NDArray views) {
        NDArray rows = plus ? Rotation.all(views) : views;
        NDArray z = training.encoder().forward(rows, false).projection();
        return Energy.sumOfRotations(Energy.score(z, prototypes), plus ? Rotation.COUNT : 1);
    }

    NormalityModel model() {
        NDManager manager = Torch.engine().newBaseManager(training.manager().getDevice());
        NDArray kept = prototypes.duplicate();
        kept.attach(manager);
        return new ElsaModel(training.encoder().folded(manager), manager, kept, gentle, plus, config.seed());
    }
}
