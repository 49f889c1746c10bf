package org.hscl.detect;

import java.util.List;
import java.util.Optional;
import org.hscl.data.Fit;
import org.hscl.eval.Threshold;
import org.hscl.eval.TrainingScores;
import org.hscl.train.History;
import org.hscl.train.HsclConfig;

/**
 * What a detector knows besides its weights.
 *
 * @param name of the split it was trained on
 * @param classNames of the training images
 * @param config it was trained with
 * @param history of its training
 * @param steps that its optimizer took
 * @param scores of the training images
 * @param threshold below which an image is an anomaly
 * @param fit how pictures became the squares that it was trained on, where they were pictures of any shape
 */
record Facts(
        String name,
        List<String> classNames,
        HsclConfig config,
        History history,
        long steps,
        TrainingScores scores,
        Threshold threshold,
        Optional<Fit> fit) {

    Facts withThreshold(Threshold chosen) {
        return new Facts(name, classNames, config, history, steps, scores, chosen, fit);
    }
}
