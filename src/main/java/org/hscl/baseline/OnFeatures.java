package org.hscl.baseline;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hscl.data.ImageSet;
import org.hscl.detect.NormalityModel;
import org.hscl.engine.Interruption;
import org.hscl.scenario.Label;
import org.hscl.scenario.Split;
import org.hscl.train.HsclConfig;
import org.hscl.train.RunOptions;
import org.hscl.train.TrainingListener;

/** A method on the features of L⁺ ∪ U that a network of the caller's gives, each column standardized by them; L⁻ is not read. */
public final class OnFeatures implements Method {

    private static final double LEAST = 1e-6;

    private final VectorMethod vectors;
    private final Function<ImageSet, float[][]> features;

    private OnFeatures(VectorMethod vectors, Function<ImageSet, float[][]> features) {
        this.vectors = vectors;
        this.features = features;
    }

    /**
     * Nearest neighbours, isolation forest, one-class SVM and kernel density.
     *
     * @param features of pictures, (N, C), one network's for all
     */
    public static List<Method> all(Function<ImageSet, float[][]> features) {
        return Stream.of(new NearestNeighbours(), new IsolationForest(), new OcSvm(), new KernelDensity())
                .<Method>map(method -> new OnFeatures(method, features)).toList();
    }

    @Override
    public String name() {
        return vectors.name();
    }

    @Override
    public String citation() {
        return vectors.citation();
    }

    @Override
    public NormalityModel fit(Split split, HsclConfig config, RunOptions options, TrainingListener listener) {
        Label[] labels = split.labels();
        int[] taken = IntStream.range(0, labels.length).filter(i -> labels[i] != Label.ABNORMAL).toArray();
        RowDraws.require(taken, "normal or unlabeled images", split);
        float[][] train = features.apply(split.train());
        double[][] known = IntStream.of(taken).mapToObj(i -> doubles(train[i])).toArray(double[][]::new);
        double[] mean = columns(known, row -> row);
        double[] variance = columns(known, row -> IntStream.range(0, row.length)
                .mapToDouble(c -> (row[c] - mean[c]) * (row[c] - mean[c])).toArray());
        Function<double[], double[]> standard = row -> IntStream.range(0, row.length)
                .mapToDouble(c -> (row[c] - mean[c]) / Math.max(Math.sqrt(variance[c]), LEAST)).toArray();
        ToDoubleFunction<double[]> score = vectors.fit(Arrays.stream(known).map(standard).toArray(double[][]::new), config.seed());
        return images -> Arrays.stream(features.apply(images)).mapToDouble(row -> {
            Interruption.check("scoring");
            return score.applyAsDouble(standard.apply(doubles(row)));
        }).toArray();
    }

    private static double[] doubles(float[] row) {
        return IntStream.range(0, row.length).mapToDouble(i -> row[i]).toArray();
    }

    /** The mean of what a function makes of each row. */
    private static double[] columns(double[][] rows, Function<double[], double[]> of) {
        double[] sum = new double[rows[0].length];
        for (double[] row : rows) {
            double[] value = of.apply(row);
            IntStream.range(0, sum.length).forEach(c -> sum[c] += value[c]);
        }
        return Arrays.stream(sum).map(value -> value / rows.length).toArray();
    }
}
