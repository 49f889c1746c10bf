package org.hscl.baseline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.hscl.augment.AugmentConfig;
import org.hscl.detect.FeatureModel;
import org.hscl.detect.NormalityModel;
import org.hscl.eval.Roc;
import org.hscl.scenario.Split;
import org.hscl.train.History;
import org.hscl.train.HsclConfig;
import org.hscl.train.Progress;
import org.hscl.train.RunOptions;
import org.hscl.train.TrainingListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MethodsTest {

    private static final RunOptions CPU = RunOptions.defaults().withDevice("cpu");

    /** Those whose loss must fall by a fifth on the tents; without a learning rate none falls by more than an eighth. */
    private static final Set<String> LEARNING = Set.of(
            "CSI", "Deep SVDD", "Deep SAD", "Supervised", "FixMatch", "FixMatch with RandAugment", "GOAD", "SS-DGM");

    private static double[] scores(String method, Split split, HsclConfig config) {
        try (NormalityModel model = Methods.named(method).fit(split, config, CPU, TrainingListener.silent())) {
            return model.score(split.test());
        }
    }

    @AfterEach
    void forgetInterruptions() {
        Thread.interrupted();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "SimCLR", "CSI", "Deep SVDD", "Deep SAD", "Supervised", "FixMatch", "FixMatch with RandAugment", "GOAD", "SSAD", "SS-DGM", "Elsa", "OC-SVM", "Isolation forest", "KDE",
        "KDE on SimCLR features"
    })
    void aMethodTellsTentsFromOtherPictures(String method) {
        Split split = ToyImages.split();
        Losses losses = new Losses();
        double auroc = auroc(method, split, ToyImages.config(), losses);
        assertTrue(auroc > 0.85, method + " has AUROC " + auroc);
        if (LEARNING.contains(method)) { // an untrained network may tell tents too
            assertTrue(losses.fall() < 0.8, method + " has the losses " + losses.ofEpochs);
        }
    }

    /** Tents are too much alike for views of one to be told from views of another; these pictures differ in their colours. */
    @ParameterizedTest
    @ValueSource(strings = {"SimCLR", "Elsa"})
    void viewsOfOneImageComeTogether(String method) {
        HsclConfig coloured = ToyImages.config().withEpochs(4).withAugment(new AugmentConfig(0, 0.4, 0.1, 0, 0.9, 1));
        Losses losses = new Losses();
        auroc(method, ToyArrows.split(true), coloured, losses);
        assertTrue(losses.ofEpochs.get(2) < 0.7 * losses.ofEpochs.get(0), method + " has the losses " + losses.ofEpochs);
    }

    private static double auroc(String method, Split split, HsclConfig config, TrainingListener listener) {
        try (NormalityModel model = Methods.named(method).fit(split, config, CPU, listener)) {
            return Roc.auroc(model.score(split.test()), split.testAbnormal());
        }
    }

    /** The total loss of each epoch. */
    private static final class Losses implements TrainingListener {

        final List<Double> ofEpochs = new ArrayList<>();

        @Override
        public void onProgress(Progress progress) {}

        @Override
        public void onEpoch(History history) {
            ofEpochs.add(history.epochs().get(history.epochs().size() - 1).total());
        }

        /** The least as a part of the first. */
        double fall() {
            return ofEpochs.stream().mapToDouble(loss -> loss).min().orElse(1) / ofEpochs.get(0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "SimCLR", "CSI without shift term", "Deep SAD", "FixMatch", "E3Outlier", "GOAD", "DivideMix", "Aug-LNL",
        "SSAD", "SS-DGM", "Elsa", "Elsa+", "Isolation forest",
        "KDE"
    })
    void theSameSeedGivesTheSameScores(String method) {
        Split split = ToyImages.split();
        HsclConfig config = ToyImages.config().withEpochs(1).withWidth(2);
        assertArrayEquals(scores(method, split, config), scores(method, split, config));
    }

    @Test
    void aDeepMethodTakesAsManyStepsAsHsclAndTellsItsCourse() {
        Split split = ToyImages.split();
        HsclConfig config = ToyImages.config().withEpochs(2).withWidth(2);
        for (String method : List.of("HSCL", "Deep SAD")) {
            List<Progress> steps = new ArrayList<>();
            List<History> epochs = new ArrayList<>();
            TrainingListener listener = new TrainingListener() {
                @Override
                public void onProgress(Progress progress) {
                    steps.add(progress);
                }

                @Override
                public void onEpoch(History history) {
                    epochs.add(history);
                }
            };
            Methods.named(method).fit(split, config, CPU, listener).close();
            int expected = 2 * ((split.train().count() + config.batchSize() - 1) / config.batchSize());
            assertEquals(expected, steps.size());
            assertEquals(1, steps.get(expected - 1).done());
            assertEquals(2, epochs.get(1).epochs().size());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Supervised", "FixMatch", "DivideMix", "SS-DGM"})
    void aMethodThatNeedsLabelsSaysSo(String method) {
        Split unlabeled = ToyImages.split(0);
        Exception error = assertThrows(
                IllegalArgumentException.class, () -> scores(method, unlabeled, ToyImages.config()));
        assertTrue(error.getMessage().contains("labeled "), error.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "SimCLR", "CSI", "Deep SVDD", "GOAD", "DivideMix", "SSAD", "SS-DGM", "Elsa",
        "OC-SVM on SimCLR features", "KDE"})
    void anInterruptionEndsIt(String method) {
        Split split = ToyImages.split();
        Thread.currentThread().interrupt();
        assertThrows(CancellationException.class, () -> scores(method, split, ToyImages.config()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"HSCL", "Untrained", "CSI", "FixMatch"})
    void whatFigure3ComparesRepresentsImagesByVectors(String method) {
        Split split = ToyImages.split();
        HsclConfig config = ToyImages.config().withEpochs(1).withWidth(2);
        try (NormalityModel model = Methods.named(method).fit(split, config, CPU, TrainingListener.silent())) {
            float[][] features = ((FeatureModel) model).features(split.test());
            assertEquals(split.test().count(), features.length);
            assertEquals(config.encoder().featureDimensions(), features[0].length);
        }
    }

    @Test
    void onlyDeepMethodsRepresent() {
        Exception error = assertThrows(IllegalArgumentException.class, () ->
                Methods.represent("Isolation forest", ToyImages.split(), HsclConfig.small(), TrainingListener.silent()));
        assertTrue(error.getMessage().contains("no features"), error.getMessage());
    }

    @Test
    void noNameHoldsACommaWhichListsOfNamesAreDividedBy() {
        assertTrue(Methods.all().stream().noneMatch(method -> method.name().contains(",")));
    }

    @Test
    void anUnknownMethodIsSaid() {
        Exception error = assertThrows(IllegalArgumentException.class, () -> Methods.named("magic"));
        assertTrue(error.getMessage().contains("Deep SAD"), error.getMessage());
    }
}
