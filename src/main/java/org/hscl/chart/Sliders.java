package org.hscl.chart;

import java.util.stream.IntStream;
import org.hscl.chart.MovableThreshold.Side;
import org.hscl.data.ImageSet;
import org.hscl.scenario.Label;
import org.hscl.scenario.Split;
import tech.tablesaw.api.Table;

/** Every figure with a slider, one factory each. All its places are computed beforehand, so that it moves without a kernel. */
public final class Sliders {

    private Sliders() {}

    /**
     * The distribution of scores with a threshold τ on a slider: pictures stand at their scores, abnormal ones in the upper row, and
     * the legend counts what is flagged, with precision and recall of the anomalies.
     *
     * @param images scored, (M)
     * @param scores higher is more normal, (M)
     * @param abnormal the truth, (M)
     * @param start where τ stands first; lower scores are flagged
     */
    public static Chart moveThreshold(ImageSet images, double[] scores, boolean[] abnormal, double start) {
        return new MovableThreshold(images, scores, abnormal)
                .chart("Move τ: scores, abnormal pictures above normal ones", Charts.SCORE, Side.FLAGGED, start);
    }

    /**
     * The weights wᵢ = (s + 1) / 2 of the unlabeled images with the threshold η of Eq. 7 on a slider: the legend counts which may be
     * drawn as normal images, with precision and recall of the normal ones.
     *
     * @param split whose training images are scored
     * @param scores s of Eq. 9 of its training images, in [−1, 1], (N)
     * @param start where η stands first, in [0, 1]; higher weights may be drawn
     */
    public static Chart moveSampling(Split split, double[] scores, double start) {
        int[] rows = IntStream.range(0, scores.length)
                .filter(i -> split.states().get(i).label() == Label.UNLABELED).toArray();
        double[] weights = IntStream.of(rows).mapToDouble(i -> (scores[i] + 1) / 2).toArray();
        boolean[] abnormal = new boolean[rows.length];
        for (int i = 0; i < rows.length; i++) {
            abnormal[i] = split.states().get(rows[i]).isAbnormal();
        }
        return new MovableThreshold(split.train().select(rows), weights, abnormal)
                .chart("Move η: weights of unlabeled images, abnormal pictures above normal ones", Charts.WEIGHT, Side.DRAWN, start);
    }

    /**
     * Bars of one column of a table, and a slider that goes through the columns.
     *
     * @param table names in the first column, in each of the others values in percent, such as AUROCs by class for each K
     */
    public static Chart moveColumns(Table table) {
        return Bars.movable(table);
    }
}
