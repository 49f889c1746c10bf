package org.hscl.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.hscl.augment.Augmenter;
import org.hscl.engine.ComputeDevice;
import org.hscl.engine.Numbers;
import org.hscl.engine.SeededRandom;
import org.hscl.engine.Torch;
import org.hscl.scenario.Label;
import org.hscl.train.EpochPlan.StepPlan;

/**
 * How long each part of a training step takes, on random images of which a tenth are labeled normal and a tenth abnormal.
 * Times are true on a CPU; a GPU works on after a call returns, so there only the whole step counts.
 *
 * @param milliseconds median by part, and of the whole {@code step}
 */
public record StepProfile(Map<String, Double> milliseconds) {

    /** Steps before the first that counts: they choose kernels and grow memory. */
    private static final int WARM_UP = 2;

    /**
     * Times steps.
     *
     * @param config width, batch size and loss
     * @param device where
     * @param steps that count, at least 1
     * @param afterStep is told the number of steps done
     * @throws IllegalArgumentException if there are no steps
     */
    public static StepProfile measure(HsclConfig config, ComputeDevice device, int steps, IntConsumer afterStep) {
        return measure(config, device, steps, afterStep, System::nanoTime);
    }

    /** The same by a clock that tells nanoseconds. */
    static StepProfile measure(HsclConfig config, ComputeDevice device, int steps, IntConsumer afterStep, LongSupplier clock) {
        if (steps < 1) {
            throw new IllegalArgumentException("steps is " + steps + "; give at least 1");
        }
        Map<String, List<Double>> times = new LinkedHashMap<>();
        try (NDManager manager = Torch.engine().newBaseManager(device.device());
                TrainingState state = new TrainingState(config, "", manager)) {
            var step = new TrainingStep(
                    state.encoder, state.optimizer, new Augmenter(config.augment()), state.loss);
            int size = config.encoder().inputSize();
            float[] pixels = SeededRandom.uniform(config.batchSize() * 3 * size * size, 0, 1, SeededRandom.at(config.seed()));
            NDArray images = manager.create(pixels, new Shape(config.batchSize(), 3, size, size));
            Label[] labels = labels(config.batchSize());
            int[] every = IntStream.range(0, labels.length).toArray();
            for (int i = 0; i < steps + WARM_UP; i++) {
                Map<String, List<Double>> kept = i < WARM_UP ? new LinkedHashMap<>() : times;
                try (NDManager scratch = manager.newSubManager()) {
                    Stopwatch watch = new Stopwatch(kept, clock);
                    StepPlan plan = step.plan(every, labels, SeededRandom.at(config.seed(), i));
                    Numbers sent = plan.parcel().send(scratch);
                    NDArray batch = images.get(sent.takeRows(StepPlan.IMAGES, scratch, every.length));
                    batch.attach(scratch);
                    step.take(batch, plan, sent, config.optimizer().learningRate(), watch::lap).toFloatArray();
                    watch.total("step");
                }
                afterStep.accept(i + 1);
            }
        }
        Map<String, Double> medians = new LinkedHashMap<>();
        times.forEach((part, values) -> medians.put(part, median(values)));
        return new StepProfile(medians);
    }

    private static Label[] labels(int count) {
        Label[] labels = new Label[count];
        int few = Math.max(1, count / 10);
        Arrays.fill(labels, Label.UNLABELED);
        Arrays.fill(labels, 0, few, Label.NORMAL);
        Arrays.fill(labels, count - few, count, Label.ABNORMAL);
        return labels;
    }

    private static double median(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    /** Milliseconds since the last lap and since the start. */
    private static final class Stopwatch {

        private final Map<String, List<Double>> times;
        private final LongSupplier clock;
        private final long start;
        private long last;

        Stopwatch(Map<String, List<Double>> times, LongSupplier clock) {
            this.times = times;
            this.clock = clock;
            start = clock.getAsLong();
            last = start;
        }

        void lap(String part) {
            long now = clock.getAsLong();
            add(part, now - last);
            last = now;
        }

        void total(String name) {
            add(name, clock.getAsLong() - start);
        }

        private void add(String name, long nanoseconds) {
            times.computeIfAbsent(name, key -> new ArrayList<>()).add(nanoseconds * 1e-6);
        }
    }
}
