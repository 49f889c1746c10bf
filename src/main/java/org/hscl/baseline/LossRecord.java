package org.hscl.baseline;

import java.util.Map;
import org.hscl.loss.LossTerm;
import org.hscl.train.History;
import org.hscl.train.Progress;

/** The losses of a training and its pace. */
final class LossRecord {

    private final int epochs;
    private final int steps;
    private final long start = System.nanoTime();
    private double epochSum;
    private double rate;
    private float last;
    private long taken;
    private long images;

    LossRecord(int epochs, int steps) {
        this.epochs = epochs;
        this.steps = steps;
    }

    void add(float loss, double learningRate, int batch) {
        last = loss;
        rate = learningRate;
        epochSum += loss;
        taken++;
        images += batch;
    }

    Progress progress(int epoch, int step) {
        double left = seconds() / taken * ((long) epochs * steps - taken);
        return new Progress(epoch + 1, epochs, step + 1, steps, Map.of(LossTerm.TOTAL, last), rate, imagesPerSecond(), left);
    }

    History.Epoch finishEpoch(int epoch) {
        double mean = epochSum / steps;
        epochSum = 0;
        return new History.Epoch(epoch + 1, rate, Map.of(LossTerm.TOTAL, mean), imagesPerSecond());
    }

    private double imagesPerSecond() {
        return images / seconds();
    }

    private double seconds() {
        return Math.max((System.nanoTime() - start) * 1e-9, 1e-9);
    }
}
