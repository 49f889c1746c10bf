package org.hscl.cli;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.hscl.baseline.Method;
import org.hscl.baseline.Methods;
import org.hscl.data.Json;
import org.hscl.eval.EnsembleConfig;
import org.hscl.features.FeatureMethods;
import org.hscl.scenario.Split;
import org.hscl.tiles.TileScale;
import org.hscl.train.HsclConfig;
import org.hscl.train.RunOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hscl evaluate}: trains, scores the test images, and prints one line. */
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Trains a detector, scores the test images, and prints one JSON line: auroc (Eq. 9), auroc_ensemble, "
                + "values per class, counts, times, weights_sha256, versions, settings.")
final class EvaluateCommand implements Callable<Integer> {

    private static final double TEST_SHARE = 0.3;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private SplitOptions images = new SplitOptions();

    @Mixin
    TrainingOptions training = new TrainingOptions();

    @Option(names = "--method", paramLabel = "NAME", defaultValue = Methods.HSCL,
            description = "The method: ${DEFAULT-VALUE}, or one that it is compared with, such as CSI, GOAD or Elsa+ "
                    + "(with --backbone SOEL, LOE, Deep SAD, Linear, 5-NN, Isolation forest, OC-SVM, KDE, or all); its line has "
                    + "auroc, rows trained and how it went.")
    private String method = Methods.HSCL;

    @Option(names = "--tiles", paramLabel = "auto|SIZE[,SIZE…]",
            description = "Cut own images into tiles at their own size instead of shrinking them: 32, 64 or 128, each with /N for a part "
                    + "of the size, such as 64,32/4, which is auto; masks in DIR/masks, boxes in DIR/boxes.csv, or MVTec AD's folders.")
    private @Nullable String tiles;

    @Mixin
    private BackboneOptions backbone = new BackboneOptions();

    @Option(names = "--samples", paramLabel = "N", defaultValue = "10",
            description = "Augmented samples of the ensemble score; default and released ${DEFAULT-VALUE}.")
    private int samples;

    @Override
    public Integer call() {
        CommandSpec command = Objects.requireNonNull(spec);
        String cut = tiles;
        if (cut != null) {
            Usage.beside(command, "--tiles", "--method", "--samples", "--backbone");
            TileRuns runs = new TileRuns(Usage.check(command, () -> TileScale.parse(cut)), training);
            command.commandLine().getOut().println(Json.line(runs.evaluate(images.pictures(training.seed(), TEST_SHARE))));
            return 0;
        }
        if (backbone.isGiven()) {
            return onFeatures(command);
        }
        Method chosen = Usage.check(command, () -> Methods.named(method));
        boolean compared = !chosen.name().equals(Methods.HSCL);
        if (compared) {
            Usage.beside(command, "--method " + chosen.name(), "--samples", "--checkpoints", "--resume", "--checkpoint-every");
        }
        HsclConfig config = training.config(images.inputSize());
        EnsembleConfig ensemble = Usage.check(command, () -> EnsembleConfig.defaults()
                .withVariant(config.loss().variant())
                .withSamples(samples));
        RunOptions options = training.runOptions();
        Split split = images.split(training.seed(), TEST_SHARE);
        Evaluation.checkTest(split);
        if (compared) {
            command.commandLine().getOut().println(Json.line(MethodEvaluation.of(chosen, split, config, options).fields()));
            return 0;
        }
        try (Training trained = Training.run(split, config, options)) {
            Evaluation evaluation = Evaluation.of(split, trained, ensemble);
            command.commandLine().getOut().println(Json.line(evaluation.fields()));
        }
        return 0;
    }

    /** One line a method, all on the same features. */
    private int onFeatures(CommandSpec command) {
        Usage.beside(command, "--backbone", "--samples", "--checkpoints", "--resume", "--checkpoint-every", "--epochs", "--warmup",
                "--width", "--architecture", "--batch", "--lr", "--prototypes", "--variant", "--precision");
        images.defaultInputSize(BackboneOptions.INPUT_SIZE);
        RunOptions options = training.runOptions();
        List<Method> all = backbone.methods();
        List<Method> chosen = method.equals("all") ? all : List.of(Usage.check(command, () -> FeatureMethods.named(method, all)));
        Split split = images.split(training.seed(), TEST_SHARE);
        Evaluation.checkTest(split);
        HsclConfig config = training.config(images.inputSize());
        for (Method each : chosen) {
            Map<String, Object> fields = MethodEvaluation.of(each, split, config, options).fields();
            fields.put("config", backbone.head().withSeed(training.seed()));
            command.commandLine().getOut().println(Json.line(fields));
            command.commandLine().getOut().flush();
        }
        return 0;
    }
}
