package org.hscl.detect;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hscl.data.Fit;
import org.hscl.data.ImageSet;
import org.hscl.data.Json;
import org.hscl.eval.Threshold;
import org.hscl.eval.TrainingScores;
import org.hscl.train.History;
import org.hscl.train.HsclConfig;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

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
 * @param provenance where it comes from; none in detectors from before this was kept
 */
record Facts(
        String name,
        List<String> classNames,
        HsclConfig config,
        History history,
        long steps,
        TrainingScores scores,
        Threshold threshold,
        Optional<Fit> fit,
        Optional<Provenance> provenance) {

    Facts withThreshold(Threshold chosen) {
        return new Facts(name, classNames, config, history, steps, scores, chosen, fit, provenance);
    }

    /**
     * Refuses pictures that were prepared in another way than the training's.
     *
     * @return the images
     * @throws IllegalArgumentException if they became squares differently
     */
    ImageSet checked(ImageSet images) {
        Optional<Fit> other = images.reading().map(ImageSet.Reading::fit);
        if (fit.isPresent() && other.isPresent() && !fit.equals(other)) {
            throw new IllegalArgumentException("%s was read with %s, but the detector was trained on pictures read with %s; read it so"
                    .formatted(images.name(), other.get(), fit.get()));
        }
        return images;
    }

    /** What it is and where it comes from, a line each. */
    List<String> describe() {
        List<String> lines = new ArrayList<>(List.of("detector: " + name, "classes: " + String.join(", ", classNames)));
        provenance.ifPresentOrElse(known -> lines.addAll(known.lines()), () -> lines.add("trained: by a version that did not keep where"));
        lines.add("training: %d epochs, %d steps".formatted(history.epochs().size(), steps));
        lines.add("threshold: %.4f (%s)".formatted(threshold.score(), threshold.rule()));
        fit.ifPresent(shape -> lines.add("pictures: square by " + shape));
        Json.flat(config).forEach((setting, value) -> lines.add("%s: %s".formatted(setting, value)));
        return lines;
    }

    /** A row an image, the least normal first. */
    Table ranking(ImageSet images, double[] ofImages) {
        if (images.files().isEmpty()) {
            throw new IllegalArgumentException("%s has no file names to rank; give pictures read from a folder".formatted(images.name()));
        }
        return Table.create(images.name(), StringColumn.create("file", images.files()),
                        DoubleColumn.create("score", ofImages), BooleanColumn.create("anomaly", threshold.areAnomalies(ofImages)))
                .sortOn("score");
    }
}
