package org.hscl.baseline;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import libsvm.svm;
import org.tribuo.Example;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.anomaly.AnomalyFactory;
import org.tribuo.anomaly.Event;
import org.tribuo.anomaly.libsvm.LibSVMAnomalyTrainer;
import org.tribuo.anomaly.libsvm.SVMAnomalyType;
import org.tribuo.anomaly.libsvm.SVMAnomalyType.SVMMode;
import org.tribuo.common.libsvm.KernelType;
import org.tribuo.common.libsvm.SVMParameters;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/** One-class support vector machine by LIBSVM, through Tribuo: Gaussian kernel, ν = 0.1, γ = 1 / (D · variance of the values). */
final class OcSvm implements VectorMethod {

    private static final double NU = 0.1;

    @Override
    public String name() {
        return "OC-SVM";
    }

    @Override
    public String citation() {
        return "Schölkopf et al., Estimating the Support of a High-Dimensional Distribution, Neural Computation 2001";
    }

    @Override
    public ToDoubleFunction<double[]> fit(double[][] rows, long seed) {
        // Tribuo sorts names as text, hence the leading zeros.
        String[] names = IntStream.range(0, rows[0].length).mapToObj("%06d"::formatted).toArray(String[]::new);
        AnomalyFactory factory = new AnomalyFactory();
        MutableDataset<Event> data =
                new MutableDataset<>(new SimpleDataSourceProvenance("rows", factory), factory);
        Arrays.stream(rows).map(row -> example(names, row)).forEach(data::add);
        SVMParameters<Event> parameters =
                new SVMParameters<>(new SVMAnomalyType(SVMMode.ONE_CLASS), KernelType.RBF);
        parameters.setNu(NU);
        parameters.setGamma(1 / (rows[0].length * variance(rows)));
        svm.svm_set_print_string_function(text -> {}); // LIBSVM writes to the standard output otherwise
        Model<Event> model = new LibSVMAnomalyTrainer(parameters).train(data);
        return row -> model.predict(example(names, row)).getOutput().getScore();
    }

    private static Example<Event> example(String[] names, double[] row) {
        return new ArrayExample<>(AnomalyFactory.EXPECTED_EVENT, names, row);
    }

    /** Of all values together. */
    static double variance(double[][] rows) {
        double[] values = Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
        double mean = Arrays.stream(values).average().orElse(0);
        double variance = Arrays.stream(values).map(value -> (value - mean) * (value - mean)).average().orElse(0);
        return Math.max(variance, Double.MIN_NORMAL);
    }
}
