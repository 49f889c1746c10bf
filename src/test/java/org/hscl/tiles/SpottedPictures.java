package org.hscl.tiles;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;

/** Pictures of 90 × 70 pixels of dark noise, of which some have a bright spot of 8 × 8, and their masks. */
public final class SpottedPictures {

    static final int WIDTH = 90;
    static final int HEIGHT = 70;
    static final int SPOT = 8;

    private SpottedPictures() {}

    /** Writes pictures 00.png, 01.png, …, the same for the same seed; every {@code every}-th one has a spot, 0 for none. */
    public static void write(Path folder, int count, int every, long seed) throws IOException {
        Files.createDirectories(folder);
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < count; i++) {
            BufferedImage picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
            boolean spotted = every > 0 && i % every == 0;
            int[] spot = spot(i);
            for (int p = 0; p < WIDTH * HEIGHT; p++) {
                boolean bright = spotted && inside(spot, p % WIDTH, p / WIDTH);
                picture.setRGB(p % WIDTH, p / WIDTH, (random.nextInt(60) + (bright ? 190 : 40)) * 0x010101);
            }
            ImageIO.write(picture, "png", folder.resolve("%02d.png".formatted(i)).toFile());
        }
    }

    /** Writes the masks of pictures with spots. */
    public static void writeMasks(Path folder, int count, String name) throws IOException {
        Files.createDirectories(folder);
        for (int i = 0; i < count; i++) {
            BufferedImage mask = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
            int[] spot = spot(i);
            for (int p = 0; p < WIDTH * HEIGHT; p++) {
                mask.setRGB(p % WIDTH, p / WIDTH, inside(spot, p % WIDTH, p / WIDTH) ? 0xFFFFFF : 0);
            }
            ImageIO.write(mask, "png", folder.resolve(name.formatted(i)).toFile());
        }
    }

    /** Left and top of the spot of picture i. */
    static int[] spot(int i) {
        return new int[] {i * 37 % (WIDTH - SPOT), i * 23 % (HEIGHT - SPOT)};
    }

    private static boolean inside(int[] spot, int x, int y) {
        return x >= spot[0] && x < spot[0] + SPOT && y >= spot[1] && y < spot[1] + SPOT;
    }
}
