package org.hscl.features;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.hscl.engine.SeededRandom;
import org.hscl.engine.Torch;
import org.hscl.eval.Roc;
import org.hscl.model.Weights;
import org.hscl.scenario.Label;
import org.hscl.train.TrainingListener;

/** AUROC where nothing is labeled. */
final class NoLabels {

    private NoLabels() {}

    /** FILE SEEDS SHARE,… VARIANT,… SET:CLASS …; a variant is knn, or SYNTHETIC/SHARPENING[/COUNT]. */
    public static void main(String[] arguments) throws IOException {
        for (String name : Arrays.copyOfRange(arguments, 4, arguments.length)) {
            Pool pool = Pool.named(name);
            for (int seed = 1; seed <= Integer.parseInt(arguments[1]); seed++) {
                for (String share : arguments[2].split(",")) {
                    int[] normal = pool.shuffled(false, seed);
                    int[] abnormal = pool.shuffled(true, seed);
                    int clean = 500;
                    int dirt = (int) Math.round(clean * Double.parseDouble(share) / (1 - Double.parseDouble(share)));
                    int[] pile = join(Arrays.copyOf(normal, clean), Arrays.copyOf(abnormal, dirt));
                    int[] test = join(Arrays.copyOfRange(normal, clean, Math.min(normal.length, clean + 300)),
                            Arrays.copyOfRange(abnormal, dirt, Math.min(abnormal.length, dirt + 1000)));
                    boolean[] truth = new boolean[test.length];
                    IntStream.range(0, test.length).forEach(i -> truth[i] = pool.abnormal()[test[i]]);
                    for (String variant : arguments[3].split(",")) {
                        double[] scores = scores(variant, pool.of(pile), pool.of(test), seed);
                        String line = String.format(Locale.ROOT, "%s,%d,%s,%s,%.4f", name, seed, share, variant, Roc.auroc(scores, truth));
                        Files.writeString(Path.of(arguments[0]), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                        System.out.println(line);
                    }
                }
            }
        }
    }

    private static int[] join(int[] first, int[] last) {
        return IntStream.concat(IntStream.of(first), IntStream.of(last)).toArray();
    }

    private static double[] scores(String variant, float[][] pile, float[][] test, int seed) {
        Label[] labels = new Label[pile.length];
        Arrays.fill(labels, Label.UNLABELED);
        FeatureRows rows = FeatureRows.of(pile, labels);
        FeatureRows first = rows;
        float[][] standard = Arrays.stream(test).map(row -> FeatureRows.standardized(row, first.mean(), first.deviation())).toArray(float[][]::new);
        if (variant.equals("knn")) {
            return Arrays.stream(standard).mapToDouble(row -> -Arrays.stream(first.unlabeled()).mapToDouble(other -> distance(row, other)).sorted()
                    .limit(5).sum()).toArray();
        }
        if (variant.equals("centre")) {
            return Arrays.stream(standard).mapToDouble(row -> -distance(row, new float[row.length])).toArray();
        }
        if (variant.equals("cosine")) {
            return Arrays.stream(standard).mapToDouble(row -> cosine(row, first.unlabeled())).toArray();
        }
        String[] parts = variant.split("/");
        if (parts[0].startsWith("self")) {
            rows = self(parts[0], rows, Double.parseDouble(parts[3]), Double.parseDouble(parts[4]));
        }
        float[][] made = made(parts[0], rows.unlabeled(), parts.length > 2 ? Integer.parseInt(parts[2]) : 256, SeededRandom.at(seed, 99));
        FeatureRows all = parts[0].startsWith("self") ? rows
                : new FeatureRows(rows.mean(), rows.deviation(), rows.labeledNormal(), rows.unlabeled(), made);
        try (NDManager manager = Torch.engine().newBaseManager()) {
            HeadConfig config = HeadConfig.defaults().withSharpening(Double.parseDouble(parts[1]))
                    .withSteps(parts.length > 5 ? Integer.parseInt(parts[5]) : 400).withSeed(seed);
            Weights head = FeatureHead.train(all, config, 0, new HeadLog(config, TrainingListener.silent()), manager);
            return FeatureHead.similarities(standard, head, manager);
        }
    }

    /** Mean cosine to all of the pile's pictures. */
    private static double cosine(float[] one, float[][] others) {
        double sum = 0;
        float[] zero = new float[one.length];
        for (float[] other : others) {
            double dot = 0;
            for (int i = 0; i < one.length; i++) {
                dot += one[i] * other[i];
            }
            double c = dot / distance(one, zero) / distance(other, zero);
            sum += Math.exp(5 * c);
        }
        return sum;
    }

    private static double distance(float[] one, float[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += (one[i] - other[i]) * (one[i] - other[i]);
        }
        return Math.sqrt(sum);
    }

    /** The pile's outliers by five neighbours stand for labeled anomalies, its densest for labeled normals. */
    private static FeatureRows self(String kind, FeatureRows rows, double low, double high) {
        float[][] pile = rows.unlabeled();
        double[] scores = kind.equals("self-centre") ? Arrays.stream(pile).mapToDouble(row -> -distance(row, new float[row.length])).toArray()
                : kind.equals("self-cosine") ? Arrays.stream(pile).mapToDouble(row -> cosine(row, pile)).toArray()
                : Arrays.stream(pile).mapToDouble(row -> -Arrays.stream(pile).mapToDouble(other -> distance(row, other)).sorted()
                .limit(6).sum()).toArray();
        int[] order = IntStream.range(0, pile.length).boxed().sorted((a, b) -> Double.compare(scores[a], scores[b])).mapToInt(i -> i).toArray();
        int outliers = (int) (low * pile.length);
        int dense = (int) ((1 - high) * pile.length);
        return new FeatureRows(rows.mean(), rows.deviation(), pick(pile, order, dense, pile.length), pick(pile, order, outliers, dense), pick(pile, order, 0, outliers));
    }

    private static float[][] pick(float[][] rows, int[] order, int from, int to) {
        return Arrays.stream(order, from, to).mapToObj(i -> rows[i]).toArray(float[][]::new);
    }

    private static float[][] made(String kind, float[][] rows, int count, SplittableRandom random) {
        return IntStream.range(0, kind.equals("none") || kind.startsWith("self") ? 0 : count).mapToObj(i -> {
            float[] row = new float[rows[0].length];
            float[] one = rows[random.nextInt(rows.length)];
            float[] other = rows[random.nextInt(rows.length)];
            for (int c = 0; c < row.length; c++) {
                row[c] = switch (kind) {
                    case "shuffle" -> rows[random.nextInt(rows.length)][c];
                    case "half" -> random.nextBoolean() ? one[c] : other[c];
                    case "noise" -> (float) random.nextGaussian();
                    case "far" -> 2 * one[c];
                    case "away" -> 2 * one[c] - other[c];
                    default -> throw new IllegalArgumentException(kind);
                };
            }
            return row;
        }).toArray(float[][]::new);
    }
}
