package org.hscl.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Mutated picture files: bytes changed, cut off, repeated or zeroed. {@code -Dfuzz.count=10000} tries more than the usual, and
 * {@code -Dfuzz.folder=DIR} mutates the files of a folder instead of the test's own.
 */
class ImageFuzzTest {

    private static final int COUNT = Integer.getInteger("fuzz.count", 400);
    private static final String FOLDER = System.getProperty("fuzz.folder", "");
    private static final Duration LIMIT = Duration.ofSeconds(60); // a hang, not a slow machine

    @TempDir
    Path folder;

    @Test
    void everyMutatedFileIsAPictureOrASentence() throws IOException {
        List<byte[]> seeds = FOLDER.isEmpty() ? ownSeeds() : seedsIn(Path.of(FOLDER));
        SplittableRandom random = new SplittableRandom(1);
        Map<String, Integer> outcomes = new TreeMap<>();
        for (int i = 0; i < COUNT; i++) {
            byte[] mutated = mutated(seeds.get(i % seeds.size()), random);
            Path file = folder.resolve("mutated");
            Files.write(file, mutated);
            ImageFiles.Decoded decoded = assertTimeoutPreemptively(
                    LIMIT, () -> ImageFiles.decode(List.of(file), 8, Fit.CROP), () -> "hangs on " + Base64.getEncoder().encodeToString(mutated));
            String reason = decoded.rows().get(0).reason();
            assertTrue(reason.isEmpty() || reason.contains(file.toString()), reason);
            outcomes.merge(reason.isEmpty() ? "picture" : "reason", 1, Integer::sum);
        }
        System.out.println(COUNT + " mutated files: " + outcomes);
        assertEquals(2, outcomes.size(), outcomes::toString);
    }

    private static List<byte[]> ownSeeds() throws IOException {
        BufferedImage picture = RandomImages.set(1, 24, 1).image(0);
        List<byte[]> seeds = new ArrayList<>();
        for (String format : List.of("png", "jpg", "gif", "bmp", "tif")) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            assertTrue(ImageIO.write(picture, format, bytes), format);
            seeds.add(bytes.toByteArray());
        }
        seeds.add(Base64.getDecoder().decode(ImageFileTest.WEBP));
        seeds.add("P3 2 2 255 200 100 50 1 2 3 4 5 6 7 8 9\n".getBytes(StandardCharsets.US_ASCII));
        return seeds;
    }

    private static List<byte[]> seedsIn(Path folder) throws IOException {
        List<byte[]> seeds = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                seeds.add(Files.readAllBytes(file));
            }
        }
        return seeds;
    }

    private static byte[] mutated(byte[] seed, SplittableRandom random) {
        byte[] bytes = seed.clone();
        if (bytes.length == 0) {
            return bytes;
        }
        int kind = random.nextInt(4);
        int start = random.nextInt(bytes.length);
        int end = Math.min(bytes.length, start + 1 + random.nextInt(64));
        switch (kind) {
            case 0 -> {
                return Arrays.copyOf(bytes, start);
            }
            case 1 -> Arrays.fill(bytes, start, end, (byte) 0);
            case 2 -> System.arraycopy(bytes, 0, bytes, start, end - start);
            default -> {
                for (int changes = 1 + random.nextInt(8); changes > 0; changes--) {
                    bytes[random.nextInt(Math.min(bytes.length, 1 + random.nextInt(bytes.length)))] = (byte) random.nextInt(256);
                }
            }
        }
        return bytes;
    }
}
