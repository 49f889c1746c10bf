package org.hscl.features;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.hscl.detect.Suggestion;
import org.hscl.engine.SeededRandom;
import org.hscl.engine.Torch;
import org.hscl.eval.Roc;
import org.hscl.eval.Threshold;
import org.hscl.eval.TrainingScores;
import org.hscl.model.Weights;
import org.hscl.scenario.Label;
import org.hscl.train.TrainingListener;

/** AUROC after more and more labels of a dirty pile, suggested or drawn by chance. */
final class LabelCurves {

    private static final int[] COUNTS = {10, 20, 40};
    private static final int PILE = 400;
    private static final int DIRT = 40;

    private LabelCurves() {}

    /** FILE SEEDS NORMALS ANOMALIES STRATEGY,… SET:CLASS …; a strategy is chance or the share over which the weight falls. */
    public static void main(String[] arguments) throws IOException {
        int normals = Integer.parseInt(arguments[2]);
        int anomalies = Integer.parseInt(arguments[3]);
        for (String name : Arrays.copyOfRange(arguments, 5, arguments.length)) {
            Pool pool = Pool.named(name);
            for (int seed = 1; seed <= Integer.parseInt(arguments[1]); seed++) {
                for (String strategy : arguments[4].split(",")) {
                    String line = new LabelCurve(pool, seed, normals, anomalies, strategy).line();
                    Files.writeString(Path.of(arguments[0]), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                    System.out.println(line);
                }
            }
        }
    }

    /** One pile, labeled step by step. */
    private static final class LabelCurve {

        private final Pool pool;
        private final int seed;
        private final String strategy;
        private final int[] rows; // labeled normals, labeled anomalies, the pile
        private final Label[] labels;
        private final int[] test;

        LabelCurve(Pool pool, int seed, int normals, int anomalies, String strategy) {
            this.pool = pool;
            this.seed = seed;
            this.strategy = strategy;
            int[] normal = pool.shuffled(false, seed);
            int[] abnormal = pool.shuffled(true, seed);
            rows = IntStream.of(join(join(Arrays.copyOf(normal, normals), Arrays.copyOf(abnormal, anomalies)),
                    join(Arrays.copyOfRange(normal, normals, normals + PILE - DIRT), Arrays.copyOfRange(abnormal, anomalies, anomalies + DIRT)))).toArray();
            labels = new Label[rows.length];
            Arrays.fill(labels, Label.UNLABELED);
            Arrays.fill(labels, 0, normals, Label.NORMAL);
            Arrays.fill(labels, normals, normals + anomalies, Label.ABNORMAL);
            int from = normals + PILE - DIRT;
            test = join(Arrays.copyOfRange(normal, from, Math.min(normal.length, from + 300)),
                    Arrays.copyOfRange(abnormal, anomalies + DIRT, Math.min(abnormal.length, anomalies + DIRT + 1000)));
        }

        private static int[] join(int[] first, int[] last) {
            return IntStream.concat(IntStream.of(first), IntStream.of(last)).toArray();
        }

        String line() {
            List<String> cells = new ArrayList<>(List.of(pool.name(), String.valueOf(seed), strategy));
            double[] scores = fit(cells);
            int labeled = 0;
            for (int count : COUNTS) {
                label(count - labeled, scores);
                labeled = count;
                scores = fit(cells);
            }
            long found = IntStream.range(0, rows.length).filter(i -> labels[i] == Label.ABNORMAL).count();
            cells.add(String.valueOf(found));
            return String.join(",", cells);
        }

        /** Trains, adds the AUROC, and gives the scores of the training rows. */
        private double[] fit(List<String> cells) {
            FeatureRows known = FeatureRows.of(pool.of(rows), labels);
            try (NDManager manager = Torch.engine().newBaseManager()) {
                HeadConfig config = HeadConfig.defaults().withSeed(seed);
                Weights head = FeatureHead.train(known, config, 0, new HeadLog(config, TrainingListener.silent()), manager);
                double[] scores = FeatureHead.similarities(standard(test, known), head, manager);
                boolean[] truth = new boolean[test.length];
                IntStream.range(0, test.length).forEach(i -> truth[i] = pool.abnormal()[test[i]]);
                cells.add(String.format(Locale.ROOT, "%.4f", Roc.auroc(scores, truth)));
                return FeatureHead.similarities(standard(rows, known), head, manager);
            }
        }

        private float[][] standard(int[] some, FeatureRows known) {
            return Arrays.stream(pool.of(some)).map(row -> FeatureRows.standardized(row, known.mean(), known.deviation())).toArray(float[][]::new);
        }

        private void label(int count, double[] scores) {
            int[] open = IntStream.range(0, rows.length).filter(i -> labels[i] == Label.UNLABELED).toArray();
            int[] chosen;
            if (strategy.equals("chance")) {
                chosen = IntStream.of(SeededRandom.permutation(open.length, SeededRandom.at(seed, count, open.length))).limit(count).toArray();
            } else {
                FeatureRows known = FeatureRows.of(pool.of(rows), labels);
                double line = Threshold.best(TrainingScores.of(scores, labels)).score();
                double[] own = IntStream.of(open).mapToDouble(i -> scores[i]).toArray();
                float[][] features = standard(IntStream.of(open).map(i -> rows[i]).toArray(), known);
                chosen = Suggestion.rows(features, own, line, Double.parseDouble(strategy), count, seed);
            }
            for (int i : chosen) {
                labels[open[i]] = pool.abnormal()[rows[open[i]]] ? Label.ABNORMAL : Label.NORMAL;
            }
        }
    }
}
