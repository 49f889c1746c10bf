package org.hscl.detect;

import java.nio.file.Path;
import org.hscl.data.ImageSet;
import org.hscl.data.LooseImages;
import org.hscl.eval.Threshold;
import org.hscl.eval.TrainingScores;

/** A model that decides by a threshold, and so knows where it is unsure. */
public interface Detector extends FeatureModel {

    /** Below it, a picture is an anomaly. */
    Threshold threshold();

    /** The scores of its training pictures. */
    TrainingScores trainingScores();

    /** Pictures in a folder and below it, to be read as those that it was trained on. */
    LooseImages pictures(Path folder);

    /**
     * Which pictures to label next, as {@link Suggestion} chooses them.
     *
     * @param images without labels
     * @param count how many, 1 … N
     * @return row numbers, the most worth labeling first; the same for the same pictures
     * @throws IllegalArgumentException if there are not so many pictures
     */
    default int[] suggest(ImageSet images, int count) {
        return Suggestion.rows(features(images), score(images), threshold().score(), count, 1);
    }
}
