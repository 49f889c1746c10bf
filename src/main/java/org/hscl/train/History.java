package org.hscl.train;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.hscl.data.Replaceable;
import org.hscl.data.SafeFiles;
import org.hscl.loss.LossTerm;
import org.hscl.loss.NormalToAbnormal;
import org.hscl.loss.SampleToPrototype;
import org.hscl.loss.SampleToSample;
import org.hscl.loss.ShiftClassification;
import org.jspecify.annotations.Nullable;
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
     * @param losses by name: the total that is minimized first, then its terms, not yet times λ
     * @param imagesPerSecond training images a second
     */
    public record Epoch(int epoch, double learningRate, Map<String, Double> losses, double imagesPerSecond) {

        /** Copies the map, in order. */
        public Epoch {
            losses = Collections.unmodifiableMap(new LinkedHashMap<>(losses));
        }

        /** What is minimized. */
        public double total() {
            return losses.get(LossTerm.TOTAL);
        }

        static Epoch of(int epoch, double learningRate, List<String> names, List<float[]> steps, double imagesPerSecond) {
            Map<String, Double> means = new LinkedHashMap<>();
            for (int i = 0; i < names.size(); i++) {
                double mean = 0;
                for (float[] losses : steps) {
                    mean += losses[i] / steps.size();
                }
                means.put(names.get(i), mean);
            }
            return new Epoch(epoch, learningRate, means, imagesPerSecond);
        }

        /** Files of the first format have a number for each of five losses. */
        @JsonCreator
        static Epoch read(
                @JsonProperty("epoch") int epoch,
                @JsonProperty("learningRate") double learningRate,
                @JsonProperty("losses") @Nullable Map<String, Double> losses,
                @JsonProperty("imagesPerSecond") double imagesPerSecond,
                @JsonProperty("total") double total,
                @JsonProperty("sampleToSample") double sampleToSample,
                @JsonProperty("shift") double shift,
                @JsonProperty("prototype") double prototype,
                @JsonProperty("abnormal") double abnormal) {
            Map<String, Double> first = new LinkedHashMap<>();
            first.put(LossTerm.TOTAL, total);
            first.put(SampleToSample.NAME, sampleToSample);
            first.put(ShiftClassification.NAME, shift);
            first.put(SampleToPrototype.NAME, prototype);
            first.put(NormalToAbnormal.NAME, abnormal);
            return new Epoch(epoch, learningRate, losses == null ? first : losses, imagesPerSecond);
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

    /** The names of the losses: the total first, then its terms. */
    public List<String> lossNames() {
        return epochs.stream().flatMap(epoch -> epoch.losses().keySet().stream()).distinct().toList();
    }

    /** A table with one row an epoch, ready for a chart or a CSV file. */
    public Table toTable() {
        Table table = Table.create(
                "Training history",
                IntColumn.create("epoch", epochs.stream().mapToInt(Epoch::epoch).toArray()));
        column(table, "learning rate", Epoch::learningRate);
        for (String name : lossNames()) {
            column(table, name, epoch -> epoch.losses().getOrDefault(name, Double.NaN));
        }
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
