package org.hscl.baseline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.hscl.detect.NormalityModel;
import org.hscl.eval.Roc;
import org.hscl.scenario.Split;
import org.hscl.train.HsclConfig;
import org.hscl.train.Progress;
import org.hscl.train.RunOptions;
import org.hscl.train.TrainingListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Pictures that an untrained network cannot tell apart, with what each method must make of them, and what each costs. */
class ToyProblemsTest {

    private static final E3Outlier ENTROPY = new E3Outlier(Transformations.eight(), E3Outlier.Score.NEGATIVE_ENTROPY);
    private static final E3Outlier TRUE_CLASS = new E3Outlier(Transformations.eight(), E3Outlier.Score.TRUE_CLASS);

    private static final int EPOCHS = ToyImages.config().epochs();

    private static double auroc(Method method, Split split, HsclConfig config, TrainingListener listener) {
        try (NormalityModel model = method.fit(split, config, RunOptions.defaults().withDevice("cpu"), listener)) {
            return Roc.auroc(model.score(split.test()), split.testAbnormal());
        }
    }

    /** A method, whether discs are the anomalies, how often it sees each picture, the least AUROC. */
    private record Case(Method method, boolean discs, int epochs, double least) {}

    static Stream<Case> cases() {
        return Stream.of(
                new Case(TRUE_CLASS, false, EPOCHS, 0.95),
                new Case(ENTROPY, true, EPOCHS, 0.85),
                new Case(new Goad(Transformations.eight()), false, EPOCHS, 0.7),
                new Case(DivideMix.published(), true, 2 * EPOCHS, 0.85));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aMethodLearnsWhatAnUntrainedNetworkDoesNotSee(Case toy) {
        Split split = ToyArrows.split(toy.discs());
        HsclConfig config = ToyImages.config().withEpochs(toy.epochs());
        double untrained = auroc(new Untrained(), split, config, TrainingListener.silent());
        assertTrue(untrained < toy.least() - 0.1, "untrained: " + untrained);
        double trained = auroc(toy.method(), split, config, TrainingListener.silent());
        assertTrue(trained >= toy.least(), toy.method().name() + ": " + trained);
    }

    @Test
    void anEntropyCannotTellATurnedPictureFromAnUprightOne() {
        double auroc = auroc(ENTROPY, ToyArrows.split(false), ToyImages.config(), TrainingListener.silent());
        assertEquals(0.5, auroc, 0.15);
    }

    @ParameterizedTest
    @MethodSource("budgets")
    void theRowsThatAMethodTrainsAreCountedAndSaid(Method method, String expected) {
        List<String> said = new ArrayList<>();
        TrainingListener listener = new TrainingListener() {
            @Override
            public void onProgress(Progress progress) {}

            @Override
            public void onMessage(String sentence) {
                said.add(sentence);
            }
        };
        auroc(method, ToyImages.split(), ToyImages.config().withWidth(2).withEpochs(1), listener);
        assertTrue(said.stream().anyMatch(line -> line.startsWith("rows trained: ") && line.endsWith(expected)), said.toString());
    }

    static Stream<Arguments> budgets() {
        return Stream.of(
                Arguments.of(new Goad(Transformations.eight()), "(1.00 × HSCL)"),
                Arguments.of(TRUE_CLASS, "(1.00 × HSCL)"),
                Arguments.of(new DeepSad(), "(0.13 × HSCL)"),
                Arguments.of(DivideMix.published(), "(0.50 × HSCL)"));
    }
}
