package org.hscl.cli;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.hscl.augment.AugmentConfig;
import org.hscl.data.ImageSet;
import org.hscl.engine.ComputeDevice;
import org.hscl.engine.Torch;
import org.hscl.eval.EnsembleConfig;
import org.hscl.eval.EnsembleScore;
import org.hscl.engine.Versions;
import org.hscl.model.Encoder;
import org.hscl.train.HsclConfig;
import org.hscl.train.StepProfile;

/**
 * What one process measured of itself; the fields are those of the plain PyTorch script, so that both can be compared.
 *
 * @param ms median milliseconds of a training step and of its parts
 * @param score_images_per_s images scored by the ensemble a second, 10 samples × 4 rotations each
 * @param peak_rss_mb largest resident size, in MB of 2²⁰ bytes
 * @param startup_s seconds from the start of the process to the end of the first step
 * @param growth_mb growth of the resident size from the tenth step to the last
 * @param versions of library, Java, engine
 */
record BenchFigures(
        Map<String, Double> ms,
        double score_images_per_s,
        long peak_rss_mb,
        double startup_s,
        long growth_mb,
        Map<String, String> versions) {

    /** A step by which memory has found its level. */
    private static final int SETTLED = 10;

    static BenchFigures measure(HsclConfig config, ComputeDevice device, int steps, int scored) {
        AtomicLong firstStep = new AtomicLong();
        AtomicLong settled = new AtomicLong();
        StepProfile profile = StepProfile.measure(config, device, steps, done -> {
            if (done == 1) {
                firstStep.set(ManagementFactory.getRuntimeMXBean().getUptime());
            }
            if (done == SETTLED) {
                settled.set(ProcessMemory.current().orElse(0L));
            }
        });
        long growth = settled.get() == 0 ? 0 : ProcessMemory.current().orElse(0L) - settled.get();
        double speed = scoring(config, device, scored);
        return new BenchFigures(
                profile.milliseconds(),
                speed,
                ProcessMemory.peak().orElse(0L),
                firstStep.get() / 1e3,
                growth,
                new TreeMap<>(Versions.all()));
    }

    /** Images a second; the calibration, itself a scoring of a few images, warms up. */
    private static double scoring(HsclConfig config, ComputeDevice device, int count) {
        ImageSet images = random(count, config.encoder().inputSize());
        try (var manager = Torch.engine().newBaseManager(device.device());
                Encoder encoder = Encoder.create(config.encoder(), config.seed(), manager);
                Encoder folded = encoder.folded(manager)) {
            AugmentConfig augment = config.augment();
            EnsembleScore ensemble = EnsembleScore.calibrated(
                    EnsembleConfig.defaults(), images.first(Math.min(8, count)), folded, augment, manager);
            long start = System.nanoTime();
            ensemble.of(images, folded, augment, manager);
            return count / ((System.nanoTime() - start) * 1e-9);
        }
    }

    private static ImageSet random(int count, int size) {
        byte[] pixels = new byte[count * 3 * size * size];
        new SplittableRandom(1).nextBytes(pixels);
        int[] labels = new int[count];
        Arrays.fill(labels, 0);
        return new ImageSet("random", "random", size, pixels, labels, List.of("noise"));
    }
}
