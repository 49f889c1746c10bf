package org.hscl.features;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.hscl.eval.Contamination;
import org.hscl.eval.HeldOut;
import org.hscl.eval.ScoreMixture;

/** From the scores of {@link PileScores} to estimates of the dirt, and how often their intervals hold the truth. */
final class PileCoverage {

    private PileCoverage() {}

    /** SCORES.jsonl ESTIMATES.csv */
    public static void main(String[] arguments) throws IOException {
        List<String> rows = new ArrayList<>(List.of("set,seed,share,pile,labels of each kind,estimate,low,high"));
        Map<String, int[]> covered = new TreeMap<>();
        Map<String, double[]> sums = new TreeMap<>();
        for (String line : Files.readAllLines(Path.of(arguments[0]))) {
            JsonNode run = new ObjectMapper().readTree(line);
            double truth = run.get("dirt").asDouble() / run.get("pile").size();
            for (String pile : List.of("pile", "unlabeled")) {
                for (int labels : new int[] {0, 20, 50}) {
                    double[] found = estimate(run, pile, labels);
                    String set = run.get("set").asText();
                    String interval = labels == 0 ? "," : String.format(Locale.ROOT, "%.3f,%.3f", found[1], found[2]);
                    rows.add(String.format(Locale.ROOT, "%s,%s,%.4f,%s,%d,%.3f,%s", set, run.get("seed"), truth,
                            pile.equals("pile") ? "new" : "training", labels, found[0], interval));
                    boolean holds = found[1] <= truth + 1e-9 && truth <= found[2] + 1e-9;
                    String share = String.format(Locale.ROOT, "%s %d labels, share %.2f", pile, labels, run.get("share").asDouble());
                    for (String group : List.of(share, pile + " " + labels + " labels, " + set, pile + " " + labels + " labels, all")) {
                        int[] counts = covered.computeIfAbsent(group, name -> new int[2]);
                        counts[0] += holds ? 1 : 0;
                        counts[1]++;
                        double[] sum = sums.computeIfAbsent(group, name -> new double[3]);
                        sum[0] += found[0];
                        sum[1] += Math.abs(found[0] - truth);
                        sum[2] += found[2] - found[1];
                    }
                }
            }
        }
        Files.write(Path.of(arguments[1]), rows);
        covered.forEach((group, counts) -> System.out.printf(Locale.ROOT, "%-60s covered %2d of %2d, mean estimate %.3f, off by %.3f, width %.3f%n", group,
                counts[0], counts[1], sums.get(group)[0] / counts[1], sums.get(group)[1] / counts[1], sums.get(group)[2] / counts[1]));
    }

    /** Estimate and interval; without labels the two normal distributions, which have none. */
    private static double[] estimate(JsonNode run, String pile, int labels) {
        double[] scores = numbers(run.get(pile), Integer.MAX_VALUE);
        if (labels == 0) {
            double share = ScoreMixture.fit(scores).abnormalShare();
            return new double[] {share, share - 0.05, share + 0.05}; // is it within five points?
        }
        Contamination found = Contamination.of(scores, new HeldOut(numbers(run.get("held_normal"), labels), numbers(run.get("held_abnormal"), labels)));
        return new double[] {found.share(), found.interval().low(), found.interval().high()};
    }

    private static double[] numbers(JsonNode array, int limit) {
        return IntStream.range(0, Math.min(limit, array.size())).mapToDouble(i -> array.get(i).asDouble()).toArray();
    }
}
