package org.hscl.features;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.hscl.data.Json;
import org.hscl.engine.Torch;
import org.hscl.model.Weights;
import org.hscl.scenario.Label;
import org.hscl.train.TrainingListener;

/** Scores of piles of known dirt, a JSON line a detector: what the estimate of the dirt is chosen and measured on. */
final class PileScores {

    private static final int LABELED = 40;
    private static final int HELD_OUT = 50;
    private static final int PILE = 240;
    private static final double[] SHARES = {0, .05, .1, .15, .2, .3};

    private PileScores() {}

    /** FILE SEEDS SET:CLASS … */
    public static void main(String[] arguments) throws IOException {
        Path file = Path.of(arguments[0]);
        String done = Files.exists(file) ? Files.readString(file) : "";
        for (String name : Arrays.copyOfRange(arguments, 2, arguments.length)) {
            Pool pool = Pool.named(name);
            System.out.println(name + " " + pool.features().length + " pictures");
            for (int seed = 1; seed <= Integer.parseInt(arguments[1]); seed++) {
                for (double share : SHARES) {
                    if (!done.contains("\"set\":\"%s\",\"seed\":%d,\"share\":%s,".formatted(name, seed, share))) {
                        Files.writeString(file, Json.line(scores(pool, seed, share)) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                    }
                }
            }
        }
    }

    private static Map<String, Object> scores(Pool pool, int seed, double share) {
        int[] normal = pool.shuffled(false, seed);
        int[] abnormal = pool.shuffled(true, seed);
        int dirt = (int) Math.round(share * PILE);
        int[][] rows = {
            take(normal, 0, LABELED), take(abnormal, 0, LABELED),
            join(take(normal, LABELED, PILE - dirt), take(abnormal, LABELED, dirt)),
            take(normal, LABELED + PILE, HELD_OUT), take(abnormal, LABELED + dirt, HELD_OUT),
            join(take(normal, LABELED + PILE + HELD_OUT, PILE - dirt), take(abnormal, LABELED + dirt + HELD_OUT, dirt))};
        Label[] labels = new Label[2 * LABELED + PILE];
        Arrays.fill(labels, Label.UNLABELED);
        Arrays.fill(labels, 0, LABELED, Label.NORMAL);
        Arrays.fill(labels, LABELED, 2 * LABELED, Label.ABNORMAL);
        FeatureRows known = FeatureRows.of(pool.of(join(join(rows[0], rows[1]), rows[2])), labels);
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("set", pool.name());
        line.put("seed", seed);
        line.put("share", share);
        line.put("dirt", dirt);
        try (NDManager manager = Torch.engine().newBaseManager()) {
            HeadConfig config = HeadConfig.defaults().withSeed(seed);
            Weights head = FeatureHead.train(known, config, 0, new HeadLog(config, TrainingListener.silent()), manager);
            String[] names = {"labeled_normal", "labeled_abnormal", "unlabeled", "held_normal", "held_abnormal", "pile"};
            for (int i = 0; i < names.length; i++) {
                float[][] standard = Arrays.stream(pool.of(rows[i]))
                        .map(row -> FeatureRows.standardized(row, known.mean(), known.deviation())).toArray(float[][]::new);
                line.put(names[i], rounded(FeatureHead.similarities(standard, head, manager)));
            }
        }
        return line;
    }

    private static double[] rounded(double[] scores) {
        return Arrays.stream(scores).map(score -> Math.round(score * 1e5) / 1e5).toArray();
    }

    private static int[] take(int[] rows, int from, int count) {
        if (from + count > rows.length) {
            throw new IllegalArgumentException("%d rows wanted of %d".formatted(from + count, rows.length));
        }
        return Arrays.copyOfRange(rows, from, from + count);
    }

    private static int[] join(int[] first, int[] last) {
        return IntStream.concat(IntStream.of(first), IntStream.of(last)).toArray();
    }
}
