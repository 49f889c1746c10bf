package org.hscl.experiment;

import java.util.Arrays;
import org.hscl.model.Precision;
import org.hscl.scenario.CountingRule;
import org.hscl.scenario.OneClass;
import org.hscl.train.HsclConfig;

/** How large a run was and by which protocol, in words: small runs never pose as full ones. */
final class SizeLabel {

    private SizeLabel() {}

    /** Such as {@code width 16, epochs 20, batch 32; 600 training images a class, 2000 test images, ELSA counts, L⁻ from 1 class}. */
    static String of(Result result) {
        Experiment experiment = result.experiment();
        HsclConfig config = experiment.config();
        String training = result.circumstances().historyFile().isEmpty() // no network was trained
                ? ""
                : "width %s, %sepochs %s, batch %s%s; ".formatted(
                        config.encoder().width(), precision(config), config.epochs(), config.batchSize(), warmup(config));
        if (experiment.cell() instanceof Cell.OfOneClass one) {
            return training + images(one.settings());
        }
        int limit = ((Cell.OfCrossDataset) experiment.cell()).settings().limit();
        return training + (limit == 0 ? "all images" : limit + " images of each set");
    }

    /** Said where it is not the paper's. */
    private static String precision(HsclConfig config) {
        Precision precision = config.encoder().precision();
        return precision == Precision.FLOAT32 ? "" : precision.label() + ", ";
    }

    /** Said where it is not that of the size. */
    private static String warmup(HsclConfig config) {
        double epochs = config.optimizer().warmupEpochs();
        boolean usual = Arrays.stream(Size.values()).map(Size::config).anyMatch(
                size -> size.epochs() == config.epochs() && size.optimizer().warmupEpochs() == epochs);
        return usual ? "" : ", warm-up " + epochs;
    }

    private static String images(OneClass cell) {
        String anomalies = cell.labeledAnomalies().isEmpty()
                ? "all classes"
                : cell.labeledAnomalies().size() + " class" + (cell.labeledAnomalies().size() > 1 ? "es" : "");
        return "%s, %s, %s counts, L⁻ from %s".formatted(
                cell.perClass() == 0 ? "all training images" : cell.perClass() + " training images a class",
                cell.testLimit() == 0 ? "all test images" : cell.testLimit() + " test images",
                cell.draw().rule() == CountingRule.ELSA ? "ELSA" : "released",
                anomalies);
    }
}
