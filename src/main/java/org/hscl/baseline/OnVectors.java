package org.hscl.baseline;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.hscl.data.ImageSet;
import org.hscl.detect.NormalityModel;
import org.hscl.engine.Interruption;
import org.hscl.scenario.Label;
import org.hscl.scenario.Split;
import org.hscl.train.HsclConfig;
import org.hscl.train.RunOptions;
import org.hscl.train.TrainingListener;

/**
 * A method on the images of L⁺ ∪ U, as raw pixels or as the unit-length penultimate features of a SimCLR encoder
 * trained on them (Sohn et al., Learning and Evaluating Representations for Deep One-Class Classification, ICLR 2021). L⁻ is
 * read by SSAD alone, and never by the encoder.
 *
 * @param vectors the method
 * @param learned whether on features
 */
record OnVectors(VectorMethod vectors, boolean learned) implements Method {

    @Override
    public String name() {
        return vectors.name() + (learned ? " on SimCLR features" : "");
    }

    @Override
    public String citation() {
        return vectors.citation();
    }

    @Override
    public NormalityModel fit(Split split, HsclConfig config, RunOptions options, TrainingListener listener) {
        Label[] labels = split.labels();
        int[] taken = IntStream.range(0, labels.length)
                .filter(i -> vectors.readsAbnormal() || labels[i] != Label.ABNORMAL).toArray();
        RowDraws.require(taken, "normal or unlabeled images", split);
        Label[] known = Arrays.stream(taken).mapToObj(i -> labels[i]).toArray(Label[]::new);
        ImageSet train = split.train().select(taken);
        if (!learned) {
            ToDoubleFunction<double[]> score = vectors.fit(pixels(train), known, config.seed());
            return images -> scores(pixels(images), score);
        }
        EncoderModel encoder = new SimClr().fit(split, config, options, listener);
        ToDoubleFunction<double[]> score = vectors.fit(directions(encoder.features(train)), known, config.seed());
        return new NormalityModel() {
            @Override
            public double[] score(ImageSet images) {
                return scores(directions(encoder.features(images)), score);
            }

            @Override
            public void close() {
                encoder.close();
            }
        };
    }

    private static double[] scores(double[][] rows, ToDoubleFunction<double[]> score) {
        return Arrays.stream(rows).mapToDouble(row -> {
            Interruption.check("scoring");
            return score.applyAsDouble(row);
        }).toArray();
    }

    /** Values in [0, 1], (N, 3 · S · S). */
    private static double[][] pixels(ImageSet images) {
        double[][] rows = new double[images.count()][images.stride()];
        for (int i = 0; i < rows.length; i++) {
            for (int p = 0; p < rows[i].length; p++) {
                rows[i][p] = (images.pixels()[i * images.stride() + p] & 0xFF) / 255.0;
            }
        }
        return rows;
    }

    /** Rows of length 1. */
    private static double[][] directions(float[][] features) {
        return Arrays.stream(features).map(row -> {
            double norm = Math.sqrt(IntStream.range(0, row.length).mapToDouble(i -> row[i] * row[i]).sum());
            return IntStream.range(0, row.length).mapToDouble(i -> row[i] / Math.max(norm, Double.MIN_NORMAL)).toArray();
        }).toArray(double[][]::new);
    }
}
