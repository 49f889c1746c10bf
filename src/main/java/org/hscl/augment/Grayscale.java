package org.hscl.augment;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import java.util.SplittableRandom;
import org.hscl.engine.Numbers;
import org.hscl.engine.Parcel;
import org.hscl.engine.Scalar;

/**
 * Loss of colour in some images: luma of red, green and blue (ITU-R BT.601) in all three channels.
 *
 * @param probability that an image turns gray
 */
public record Grayscale(double probability) implements Augmentation {

    private static final String CHOSEN = "grayscale chosen";

    private static final double RED = 0.299;
    private static final double GREEN = 0.587;
    private static final double BLUE = 0.114;

    @Override
    public Chosen draw(int rows, int size, SplittableRandom random) {
        return new Chosen(Masks.draw(rows, probability, random));
    }

    /**
     * The random part.
     *
     * @param images which of them turn gray, (N)
     */
    public record Chosen(boolean[] images) implements Change {

        @Override
        public void put(Parcel parcel) {
            parcel.put(CHOSEN, images);
        }

        @Override
        public NDArray on(NDArray rows, Numbers sent) {
            NDArray flags = sent.take(CHOSEN, rows.getManager(), images.length, 1, 1, 1);
            return Masks.none(images) ? rows : Masks.choose(images, flags, gray(rows), rows);
        }
    }

    private static NDArray gray(NDArray images) {
        NDArray luma = Scalar.times(images.get(new NDIndex(":, 0:1")), RED)
                .addi(Scalar.times(images.get(new NDIndex(":, 1:2")), GREEN))
                .addi(Scalar.times(images.get(new NDIndex(":, 2:3")), BLUE)); // (N, 1, H, W)
        return luma.broadcast(images.getShape());
    }
}
