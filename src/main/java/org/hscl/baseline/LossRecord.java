package org.hscl.baseline;

import org.hscl.train.History;
import org.hscl.train.Progress;

/** The losses of a training and its pace; the terms that only HSCL has stay 0. */
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
        float[] losses = {last, 0, 0, 0, 0};
        return new Progress(epoch + 1, epochs, step + 1, steps, losses, rate, imagesPerSecond(), left);
    }

    History.Epoch finishEpoch(int epoch) {
        double mean = epochSum / steps;
        epochSum = 0;
        return new History.Epoch(epoch + 1, rate, mean, 0, 0, 0, 0, imagesPerSecond());
    }

    private double imagesPerSecond() {
        return images / seconds();
    }

    private double seconds() {
        return Math.max((System.nanoTime() - start) * 1e-9, 1e-9);
    }
}
