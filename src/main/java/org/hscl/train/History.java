package org.hscl.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.hscl.data.Replaceable;
import org.hscl.data.SafeFiles;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

/**
 * The course of a training, one entry an epoch.
 *
 * @param epochs in order
 */
public record History(List<Epoch> epochs) {

    /** Copies the list. */
    public History {
        epochs = List.copyOf(epochs);
    }

    /**
     * One epoch; losses are means over its steps.
     *
     * @param epoch from 1
     * @param learningRate of its last step
     * @param total what is minimized
     * @param sampleToSample Eq. 1–2
     * @param shift rotation classification
     * @param prototype Eq. 4
     * @param abnormal Eq. 6
     * @param imagesPerSecond training images a second
     */
    public record Epoch(
            int epoch,
            double learningRate,
            double total,
            double sampleToSample,
            double shift,
            double prototype,
            double abnormal,
            double imagesPerSecond) {

        static Epoch of(int epoch, double learningRate, List<float[]> steps, double imagesPerSecond) {
            double[] mean = new double[5];
            for (float[] losses : steps) {
                for (int i = 0; i < mean.length; i++) {
                    mean[i] += losses[i] / steps.size();
                }
            }
            return new Epoch(epoch, learningRate, mean[0], mean[1], mean[2], mean[3], mean[4], imagesPerSecond);
        }
    }

    /** Nothing yet. */
    public static History empty() {
        return new History(List.of());
    }

    /** One epoch more. */
    public History plus(Epoch epoch) {
        List<Epoch> longer = new ArrayList<>(epochs);
        longer.add(epoch);
        return new History(longer);
    }

    /** A table with one row an epoch, ready for a chart or a CSV file. */
    public Table toTable() {
        Table table = Table.create(
                "Training history",
                IntColumn.create("epoch", epochs.stream().mapToInt(Epoch::epoch).toArray()));
        column(table, "learning rate", Epoch::learningRate);
        column(table, "total", Epoch::total);
        column(table, "sample-to-sample", Epoch::sampleToSample);
        column(table, "shift", Epoch::shift);
        column(table, "sample-to-prototype", Epoch::prototype);
        column(table, "normal-to-abnormal", Epoch::abnormal);
        column(table, "images per second", Epoch::imagesPerSecond);
        return table;
    }

    /**
     * Refuses a file that {@link #writeCsv} would refuse: ask before a long training.
     *
     * @throws UncheckedIOException if it cannot be written, or holds anything but an older history
     */
    public static void checkFile(Path file) {
        try {
            Replaceable.checkFile(file, "epoch,");
        } catch (IOException e) {
            throw new UncheckedIOException("the history cannot be written: " + e.getMessage(), e);
        }
    }

    /**
     * Writes the table as CSV, in place of an older one.
     *
     * @throws UncheckedIOException if the file cannot be written
     */
    public void writeCsv(Path file) {
        checkFile(file);
        byte[] csv = toTable().write().toString("csv").getBytes(StandardCharsets.UTF_8);
        try {
            SafeFiles.replace(file, stream -> stream.write(csv));
        } catch (IOException e) {
            throw new UncheckedIOException("the history cannot be written to %s: %s".formatted(file, e.getMessage()), e);
        }
    }

    private void column(Table table, String name, ToDoubleFunction<Epoch> value) {
        table.addColumns(DoubleColumn.create(name, epochs.stream().mapToDouble(value).toArray()));
    }
}
