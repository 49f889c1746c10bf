package org.hscl.train;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import java.util.SplittableRandom;
import org.hscl.augment.Augmenter;
import org.hscl.engine.Numbers;
import org.hscl.engine.SeededRandom;
import org.hscl.loss.BatchRows;
import org.hscl.loss.HsclLoss;
import org.hscl.loss.RowSampler;
import org.hscl.model.Encoder;
import org.hscl.scenario.Label;
import org.hscl.train.EpochPlan.StepPlan;

/**
 * One step: views → encoder → loss → gradients → Adam. All of it stays on the device; nothing is read back here.
 *
 * @param encoder learns in place
 * @param optimizer of the encoder's weights
 * @param augmenter makes the views
 * @param loss what is minimized
 */
record TrainingStep(Encoder encoder, Adam optimizer, Augmenter augmenter, HsclLoss loss) {

    /** Is told when a part of a step is done. */
    @FunctionalInterface
    interface Clock {
        /** For a training that nobody times. */
        Clock SILENT = part -> {};

        /** The part that has just ended: views, augment, forward, losses, backward or adam. */
        void done(String part);
    }

    /**
     * Plans a step on the host.
     *
     * @param images numbers of the training images, (B)
     * @param labels what training may know of each, (B)
     * @param random this step's randomness
     */
    StepPlan plan(int[] images, Label[] labels, SplittableRandom random) {
        return new StepPlan(
                images,
                BatchRows.of(labels, loss.config().rows()),
                augmenter.draw(images.length, loss.config().rows().turns(), encoder.config().inputSize(), random),
                SeededRandom.uniform(loss.uniforms(images.length), 0, 1, random));
    }

    /**
     * Takes one step.
     *
     * @param images (B, 3, S, S) in [0, 1]; its manager owns all that the step makes
     * @param plan what was decided on the host
     * @param sent the plan on the device, its image numbers taken
     * @param learningRate above 0
     * @param clock is told of each part
     * @return the loss values of {@link HsclLoss.Values#detached()}, (1 + terms)
     */
    NDArray take(NDArray images, StepPlan plan, Numbers sent, double learningRate, Clock clock) {
        NDManager owner = images.getManager();
        NDArray rows;
        try (NDManager scratch = owner.newSubManager()) {
            NDArray local = images.duplicate();
            local.attach(scratch);
            NDArray views = augmenter.flipAndRotate(local, plan.views(), sent); // (8B, 3, S, S)
            clock.done("views");
            rows = augmenter.change(views, plan.views(), sent);
            rows.attach(owner);
        }
        clock.done("augment");
        NDArray values = learn(rows, plan.rows().take(sent, owner), RowSampler.of(sent), clock);
        optimizer.step(learningRate);
        clock.done("adam");
        return values;
    }

    /**
     * The backward pass of given rows; leaves gradients at the weights.
     *
     * @param rows (8B, 3, S, S) in [0, 1]
     * @param which of them are labeled how
     * @return the loss values, (1 + terms)
     */
    NDArray learn(NDArray rows, BatchRows.OnDevice which, RowSampler sampler, Clock clock) {
        try (GradientCollector gradients = Engine.getEngine("PyTorch").newGradientCollector()) {
            Encoder.Output output = encoder.forward(rows, true);
            clock.done("forward");
            HsclLoss.Values values = loss.of(output, encoder.prototypes(), which, sampler);
            clock.done("losses");
            gradients.backward(values.total());
            clock.done("backward");
            return values.detached();
        }
    }
}
