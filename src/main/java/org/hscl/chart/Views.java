package org.hscl.chart;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.hscl.augment.AugmentConfig;
import org.hscl.augment.Augmenter;
import org.hscl.augment.ColorJitter;
import org.hscl.augment.Flip;
import org.hscl.augment.Grayscale;
import org.hscl.augment.InceptionCrop;
import org.hscl.augment.Rotation;
import org.hscl.data.ImageSet;
import org.hscl.engine.SeededRandom;
import org.hscl.engine.Torch;
import org.hscl.model.DeviceImages;

/** Augmented images as image sets again, for the eye. */
final class Views {

    private Views() {}

    /** Every augmentation applied to every image, whatever its probability in training. */
    static Map<String, ImageSet> each(ImageSet images, AugmentConfig config, long seed) {
        int count = images.count();
        boolean[] all = new boolean[count];
        Arrays.fill(all, true);
        SplittableRandom random = SeededRandom.at(seed);
        var jitter = ColorJitter.of(config.withJitter(1, config.jitterStrength(), config.hueStrength())).draw(count, images.size(), random);
        var crop = InceptionCrop.of(config).draw(count, images.size(), random);
        Map<String, ImageSet> rows = new LinkedHashMap<>();
        rows.put("original", images);
        rows.put("horizontal flip", of(images, new Flip("flips", all)::on));
        rows.put("rotation by 90°", of(images, batch -> Rotation.apply(batch, 1)));
        rows.put("colour jitter", of(images, jitter::on));
        rows.put("grayscale", of(images, new Grayscale.Chosen(all)::on));
        rows.put("Inception crop", of(images, crop::on));
        rows.put("all but rotation", of(images, batch -> new Augmenter(config).sample(batch, random)));
        return rows;
    }

    /** The rows of one training batch in their order: view-major, then rotation-major. */
    static Map<String, ImageSet> batch(ImageSet images, AugmentConfig config, long seed) {
        int count = images.count();
        ImageSet all = of(images, batch -> new Augmenter(config).twoViews(batch, SeededRandom.at(seed)));
        Map<String, ImageSet> rows = new LinkedHashMap<>();
        for (int view = 0; view < Augmenter.ROWS_PER_IMAGE; view++) {
            String name = String.format(Locale.ROOT, "view %d, %d°", view / Rotation.COUNT + 1, view % Rotation.COUNT * 90);
            rows.put(name, all.select(IntStream.range(view * count, (view + 1) * count).toArray()));
        }
        return rows;
    }

    /** Applies a function of (N, 3, S, S) in [0, 1] that may return a multiple of N images. */
    private static ImageSet of(ImageSet images, UnaryOperator<NDArray> augmentation) {
        try (NDManager manager = Torch.engine().newBaseManager(Device.cpu());
                DeviceImages device = new DeviceImages(images, manager)) {
            NDArray batch = device.batch(IntStream.range(0, images.count()).toArray(), manager);
            NDArray bytes = augmentation.apply(batch).mul(255).round().clip(0, 255).toType(DataType.UINT8, false);
            int[] labels = new int[(int) bytes.getShape().get(0)];
            Arrays.setAll(labels, i -> images.labels()[i % images.count()]);
            return new ImageSet(images.name(), images.source(), images.size(), bytes.toByteArray(), labels, images.classNames());
        }
    }
}
