package org.hscl.train;

import static org.hscl.scenario.Label.ABNORMAL;
import static org.hscl.scenario.Label.NORMAL;
import static org.hscl.scenario.Label.UNLABELED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.hscl.augment.AugmentConfig;
import org.hscl.augment.Augmenter;
import org.hscl.data.ImageSet;
import org.hscl.data.RandomImages;
import org.hscl.detect.AnomalyDetector;
import org.hscl.detect.Tiny;
import org.hscl.engine.ComputeDevice;
import org.hscl.engine.Numbers;
import org.hscl.engine.SeededRandom;
import org.hscl.engine.Torch;
import org.hscl.loss.HsclLoss;
import org.hscl.loss.LossConfig;
import org.hscl.model.Encoder;
import org.hscl.model.EncoderConfig;
import org.hscl.model.Precision;
import org.hscl.model.Weights;
import org.hscl.scenario.Label;
import org.hscl.train.EpochPlan.StepPlan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training and scoring in bfloat16, which keeps 8 of float32's 24 significant bits, beside the same in float32. */
class Bfloat16Test {

    private static final EncoderConfig SMALL = EncoderConfig.defaults().withWidth(4).withProjectionDimensions(16).withPrototypes(2);
    private static final Label[] ALL_KINDS = {UNLABELED, NORMAL, ABNORMAL, UNLABELED, UNLABELED, NORMAL, ABNORMAL, UNLABELED};
    private static final HsclConfig TRAINING = Tiny.config().withPrecision(Precision.BFLOAT16);

    @Test
    void aStepsLossesAreThoseOfFloat32WithinTwoHundredths() {
        float[] exact = steps(Precision.FLOAT32, 1);
        float[] rounded = steps(Precision.BFLOAT16, 1);
        for (int term = 0; term < exact.length; term++) {
            assertEquals(exact[term], rounded[term], 0.02 * Math.max(1, Math.abs(exact[term])), "term " + term);
        }
        assertTrue(IntStream.range(0, exact.length).anyMatch(term -> exact[term] != rounded[term]), "it computes in other numbers");
    }

    @Test
    void aThousandStepsStayFinite() {
        for (float loss : steps(Precision.BFLOAT16, 1_000)) {
            assertTrue(Float.isFinite(loss));
        }
    }

    /** The losses of the last of some steps from seed 1, each on four random images of all kinds. */
    private static float[] steps(Precision precision, int count) {
        try (NDManager manager = Torch.engine().newBaseManager()) {
            Encoder encoder = Encoder.create(SMALL.withPrecision(precision), 1, manager);
            encoder.weights().requireGradients();
            TrainingStep step = new TrainingStep(encoder, new Adam(encoder.weights(), 1e-6),
                    new Augmenter(AugmentConfig.defaults()), new HsclLoss(LossConfig.defaults()));
            float[] losses = {};
            Label[] labels = count > 1 ? new Label[] {UNLABELED, NORMAL, ABNORMAL} : ALL_KINDS;
            int[] all = IntStream.range(0, labels.length).toArray();
            for (int i = 0; i < count; i++) {
                try (NDManager scratch = manager.newSubManager()) {
                    StepPlan plan = step.plan(all, labels, SeededRandom.at(1, i));
                    Numbers sent = plan.parcel().send(scratch);
                    sent.takeRows(StepPlan.IMAGES, scratch, all.length);
                    losses = step.take(RandomImages.batch(scratch, all.length, 32, i), plan, sent, 1e-3, TrainingStep.Clock.SILENT)
                            .toFloatArray();
                }
            }
            return losses;
        }
    }

    @Test
    void gradientsPointWhereFloat32sDo() {
        float[] exact = gradients(Precision.FLOAT32);
        float[] rounded = gradients(Precision.BFLOAT16);
        assertEquals(1, cosine(exact, rounded), 0.03);
        assertTrue(cosine(exact, rounded) < 1, "it computes in other numbers");
    }

    /** Of the mean squared projection, of all weights that it has. */
    private static float[] gradients(Precision precision) {
        try (NDManager manager = Torch.engine().newBaseManager()) {
            Encoder encoder = Encoder.create(SMALL.withPrecision(precision), 1, manager);
            encoder.weights().requireGradients();
            try (GradientCollector gradients = Torch.engine().newGradientCollector()) {
                NDArray projection = encoder.forward(RandomImages.batch(manager, 16, 32, 1), true).projection();
                gradients.backward(projection.square().mean());
            }
            NDList all = new NDList();
            for (String name : new TreeSet<>(encoder.weights().names())) {
                if (!Weights.isStatistic(name) && !name.equals(Encoder.PROTOTYPES) && !name.startsWith("shift")) {
                    all.add(encoder.weights().get(name).getGradient().flatten());
                }
            }
            assertEquals(64, all.size());
            return NDArrays.concat(all).toFloatArray();
        }
    }

    private static double cosine(float[] a, float[] b) {
        double product = 0;
        double ofA = 0;
        double ofB = 0;
        for (int i = 0; i < a.length; i++) {
            product += a[i] * b[i];
            ofA += a[i] * a[i];
            ofB += b[i] * b[i];
        }
        return product / Math.sqrt(ofA * ofB);
    }

    @Test
    void anInterruptedTrainingResumesBitByBit(@TempDir Path folder) {
        String undisturbed;
        try (Trainer trainer = trainer(Optional.empty(), TrainingListener.silent())) {
            trainer.train(TrainingListener.silent());
            undisturbed = trainer.encoder().weights().sha256();
        }
        Optional<CheckpointConfig> kept = Optional.of(CheckpointConfig.to(folder));
        try (Trainer interrupted = trainer(kept, TrainingListener.silent())) {
            assertThrows(CancellationException.class, () -> interrupted.train(progress -> Thread.currentThread().interrupt()));
            assertFalse(interrupted.steps() == 0);
        }
        try (Trainer resumed = trainer(kept, TrainingListener.silent())) {
            assertTrue(resumed.steps() > 0);
            resumed.train(TrainingListener.silent());
            assertEquals(undisturbed, resumed.encoder().weights().sha256());
        }
    }

    private static Trainer trainer(Optional<CheckpointConfig> checkpoints, TrainingListener listener) {
        var split = Tiny.split();
        return new Trainer(split.train(), split.labels(), TRAINING, ComputeDevice.choose("cpu"), checkpoints, listener);
    }

    @Test
    void aDetectorTrainedInOneScoresInTheOther(@TempDir Path folder) {
        ImageSet test = Tiny.split().test();
        try (AnomalyDetector trained = Tiny.fit(TRAINING)) {
            trained.save(folder);
            double[] own = trained.score(test);
            try (AnomalyDetector loaded = AnomalyDetector.load(folder, "cpu")) {
                assertEquals(Precision.BFLOAT16, loaded.precision());
                double[] other = loaded.withPrecision(Precision.FLOAT32).score(test);
                assertTrue(IntStream.range(0, own.length).anyMatch(i -> own[i] != other[i]), "it computes in other numbers");
                for (int i = 0; i < own.length; i++) {
                    assertEquals(own[i], other[i], 0.02);
                }
            }
        }
    }
}
