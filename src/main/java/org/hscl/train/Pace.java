package org.hscl.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How fast a training goes, and how long it still takes. */
final class Pace {

    private final TrainingState state;
    private final int epochs;
    private final int steps;
    private final long start = System.nanoTime();
    private final double doneAtStart;
    private long images;

    Pace(TrainingState state, int epochs, int steps) {
        this.state = state;
        this.epochs = epochs;
        this.steps = steps;
        doneAtStart = stepsDone();
    }

    void add(int count) {
        images += count;
    }

    double imagesPerSecond() {
        return images / seconds();
    }

    Progress progress(double learningRate) {
        double pace = (stepsDone() - doneAtStart) / seconds();
        double left = ((double) epochs * steps - stepsDone()) / pace;
        float[] last = state.epochLosses.get(state.epochLosses.size() - 1);
        List<String> names = state.loss.names();
        Map<String, Float> losses = new LinkedHashMap<>();
        for (int i = 0; i < last.length; i++) {
            losses.put(names.get(i), last[i]);
        }
        return new Progress(
                state.epoch + 1, epochs, state.step, steps, losses, learningRate, imagesPerSecond(), left);
    }

    private double stepsDone() {
        return (double) state.epoch * steps + state.step;
    }

    private double seconds() {
        return Math.max((System.nanoTime() - start) * 1e-9, 1e-9);
    }
}
