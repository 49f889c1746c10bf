package org.hscl.baseline;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.hscl.data.ImageSet;
import org.hscl.detect.NormalityModel;
import org.hscl.engine.ComputeDevice;
import org.hscl.engine.Torch;
import org.hscl.scenario.Label;
import org.hscl.scenario.Split;
import org.hscl.train.HsclConfig;
import org.hscl.train.RunOptions;
import org.hscl.train.TrainingListener;

/**
 * SS-DGM: two variational autoencoders on pixels, M1 + M2 of Kingma et al. 2014, whose label classifier is the detector
 * ({@link GenerativeLoss}). It reads L⁺, U and L⁻, without augmentation. The score is the logit of normal minus that of abnormal.
 *
 * <p>Changed: images that are gray in all three channels are learned as one channel, with the sizes that the original has for
 * Fashion-MNIST; five epochs of M1 and two and a half of M2 for each epoch of the configuration, at most the published 100 and 50.
 * Its own network, so neither the encoder nor the learning rate of the configuration counts.
 */
final class SsDgm implements Method {

    private static final int M1_EPOCHS = 100;
    private static final int M2_EPOCHS = 50;
    private static final double CLASSIFICATION = 0.1;

    @Override
    public String name() {
        return "SS-DGM";
    }

    @Override
    public String citation() {
        return "Kingma et al., Semi-supervised Learning with Deep Generative Models, NeurIPS 2014";
    }

    @Override
    public NormalityModel fit(Split split, HsclConfig config, RunOptions options, TrainingListener listener) {
        Label[] labels = split.labels();
        int[] labeled = IntStream.range(0, labels.length).filter(i -> labels[i] != Label.UNLABELED).toArray();
        RowDraws.require(labeled, "labeled images", split);
        ComputeDevice device = ComputeDevice.choose(options.device());
        listener.onMessage("device: " + device.reason());
        NDManager manager = Torch.engine().newBaseManager(device.device());
        try (SsDgmTraining run = new SsDgmTraining(split, config.seed(), manager)) {
            int first = Math.min(M1_EPOCHS, 5 * config.epochs());
            int second = Math.min(M2_EPOCHS, Math.max(1, 5 * config.epochs() / 2));
            run.train(first, second, CLASSIFICATION * (labels.length - labeled.length) / labeled.length, listener);
            return run.model();
        } catch (RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    /** Whether every image has the same values in all three channels. */
    static boolean isGray(ImageSet images) {
        int plane = images.stride() / 3;
        byte[] pixels = images.pixels();
        return IntStream.range(0, images.count()).allMatch(i -> IntStream.range(1, 3).allMatch(c -> Arrays.equals(
                pixels, i * 3 * plane, i * 3 * plane + plane,
                pixels, (3 * i + c) * plane, (3 * i + c + 1) * plane)));
    }

    /** Flattened, one channel of gray ones: (B, 3, S, S) → (B, in). */
    static NDArray flat(NDArray images, boolean gray) {
        NDArray kept = gray ? images.get(":, 0:1") : images;
        return kept.reshape(images.getShape().get(0), -1);
    }
}
