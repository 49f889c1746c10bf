package org.hscl.cli;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.hscl.engine.ComputeDevice;
import org.hscl.engine.Torch;
import org.hscl.loss.Variant;
import org.hscl.model.Encoder;
import org.hscl.model.EncoderConfig;
import org.hscl.model.Precision;
import org.hscl.train.CheckpointConfig;
import org.hscl.train.HsclConfig;
import org.hscl.train.RunOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How it is learned: the size and the settings of a run. The defaults suit a laptop; the paper's values stand beside them. */
final class TrainingOptions {

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    @Option(names = "--variant", paramLabel = "FORM", defaultValue = "PAPER",
            description = "paper: the paper's formulas; released: what the authors' code does; default paper.")
    private Variant variant = Variant.PAPER;

    @Option(names = "--epochs", paramLabel = "N", defaultValue = "20", description = "Default ${DEFAULT-VALUE}; paper 250.")
    private int epochs;

    @Option(names = "--warmup", paramLabel = "EPOCHS",
            description = "Less than the epochs; default 2, or half of fewer than four epochs; paper 10.")
    private @Nullable Double warmup;

    @Option(names = "--width", paramLabel = "CHANNELS", defaultValue = "16",
            description = "Channels of the first stage; default ${DEFAULT-VALUE}; paper 64.")
    private int width;

    @Option(names = "--architecture", paramLabel = "NAME", defaultValue = EncoderConfig.RESNET18,
            description = "The encoder: resnet18 (paper) or resnet34; default ${DEFAULT-VALUE}.")
    private String architecture;

    @Option(names = "--batch", paramLabel = "IMAGES", defaultValue = "32", description = "Default ${DEFAULT-VALUE}; paper 256.")
    private int batch;

    @Option(names = "--lr", paramLabel = "RATE", defaultValue = "1e-3", description = "Learning rate; default and paper 1e-3.")
    private double learningRate;

    @Option(names = "--prototypes", paramLabel = "K", defaultValue = "1", description = "Default and paper ${DEFAULT-VALUE}.")
    private int prototypes;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "The one seed of all draws; default ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--device", paramLabel = "DEVICE", defaultValue = "auto",
            description = "auto, cpu, gpu or gpu(i); default ${DEFAULT-VALUE}.")
    private String device = "auto";

    @Option(names = "--precision", paramLabel = "NUMBERS", defaultValue = Precision.AUTO,
            description = "float32 (paper), bfloat16, or auto: bfloat16 where the device computes in it; default ${DEFAULT-VALUE}.")
    private String precision = Precision.AUTO;

    @Option(names = "--threads", paramLabel = "N", description = "CPU threads; results are bitwise equal for the same number.")
    private @Nullable Integer threads;

    @Option(names = "--checkpoints", paramLabel = "DIR", description = "Save the state of the training there.")
    private @Nullable Path checkpoints;

    @Option(names = "--checkpoint-every", paramLabel = "EPOCHS", defaultValue = "1", description = "Default ${DEFAULT-VALUE}.")
    private int checkpointEvery;

    @Option(names = "--resume", description = "Go on from the newest whole checkpoint in DIR, if there is one.")
    private boolean resume;

    long seed() {
        return seed;
    }

    Optional<Path> checkpoints() {
        return Optional.ofNullable(checkpoints);
    }

    /** Settings for images of a size. */
    HsclConfig config(int inputSize) {
        double warming = warmup == null ? Math.min(2, epochs / 2.0) : warmup;
        if (warming >= epochs && epochs > 0) {
            throw Usage.mistake(command(), "--warmup is %s, so the rate would never reach its peak in %d epochs; give less"
                    .formatted(warming, epochs));
        }
        return Usage.check(command(), () -> {
            useThreads();
            Encoder.architecture(architecture); // said before any work
            HsclConfig config = HsclConfig.defaults().withVariant(variant);
            return config.withEncoder(config.encoder().withArchitecture(architecture).withWidth(width)
                            .withInputSize(inputSize).withPrototypes(prototypes))
                    .withPrecision(Precision.of(precision, ComputeDevice.choose(device)))
                    .withOptimizer(config.optimizer().withLearningRate(learningRate).withWarmupEpochs(warming))
                    .withEpochs(epochs)
                    .withBatchSize(batch)
                    .withSeed(seed);
        });
    }

    /** Before a device is asked for, which may start the engine. */
    private void useThreads() {
        if (threads != null) {
            Torch.useThreads(threads);
        }
    }

    /** Where it runs and saves. */
    RunOptions runOptions() {
        Path folder = checkpoints;
        if (folder == null) {
            Usage.without(command(), "--checkpoints DIR", "--resume", "--checkpoint-every");
        }
        return Usage.check(command(), () -> {
            useThreads();
            ComputeDevice.choose(device); // refuses an unknown name before images are read
            RunOptions options = RunOptions.defaults().withDevice(device);
            return folder == null
                    ? options
                    : options.withCheckpoints(
                            CheckpointConfig.to(folder).withEveryEpochs(checkpointEvery).withResume(resume));
        });
    }

    private CommandSpec command() {
        return Objects.requireNonNull(spec);
    }
}
