package org.hscl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.hscl.tiles.SpottedPictures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TileCommandsTest {

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }

    private String at(String place) {
        return folder.resolve(place).toString();
    }

    @Test
    void aDetectorOnTilesIsFittedDescribedAndScoresWithHeatMaps() throws IOException {
        SpottedPictures.write(folder.resolve("own/normal"), 8, 0, 1);
        SpottedPictures.write(folder.resolve("own/abnormal"), 4, 1, 2);
        SpottedPictures.writeMasks(folder.resolve("own/masks"), 4, "%02d.png");
        assertEquals(0, run("fit", "--images", at("own"), "--tiles", "32", "--width", "2", "--batch", "6", "--epochs", "2", "--warmup", "0", "--device", "cpu", "--out",
                at("detector")), err::toString);
        assertEquals("labels", new ObjectMapper().readTree(out.toString()).get("threshold_rule").asText());
        assertEquals(0, run("describe", at("detector")), err::toString);
        assertTrue(out.toString().contains("own pictures, on tiles [32]"), out::toString);
        Files.writeString(folder.resolve("own/normal/broken.png"), "no picture");
        assertEquals(0, run("score", "--detector", at("detector"), "--images", at("own/normal"), "--csv", at("scores.csv"), "--heatmaps", at("maps"),
                "--device", "cpu"), err::toString);
        List<String> rows = Files.readAllLines(folder.resolve("scores.csv"));
        assertEquals(10, rows.size());
        assertTrue(rows.get(9).contains("broken.png,,"), rows.get(9));
        assertEquals(90, ImageIO.read(folder.resolve("maps/00.png.png").toFile()).getWidth());
        Files.write(folder.resolve("scores.csv"), rows.subList(0, 5));
        String[] again = {"score", "--detector", at("detector"), "--images", at("own/normal"), "--csv", at("scores.csv"), "--resume", "--report",
            at("report.html"), "--device", "cpu"};
        assertEquals(0, run(again), err::toString);
        assertEquals(rows, Files.readAllLines(folder.resolve("scores.csv")));
        String page = Files.readString(folder.resolve("report.html"));
        assertEquals(8, page.split("data:image/jpeg").length - 1);
        assertTrue(page.contains("redder the lower") && page.contains("1 files could not be read"), page.substring(0, 2000));
        Files.writeString(folder.resolve("scores.csv"), rows.get(0) + "\n" + rows.get(1).replaceFirst(",[-0-9.]+,\\w+,", ",9.5,false,") + "\n");
        assertEquals(1, run(again));
        assertTrue(err.toString().contains("was written with another detector"), err::toString);
        assertEquals(0, run("score", "--detector", at("detector"), "--images", at("own/normal"), "--threshold", "1000", "--csv", at("red.csv"),
                "--report", at("red.html"), "--device", "cpu"), err::toString);
        assertTrue(redness(Files.readString(folder.resolve("red.html"))) > redness(page) + 50, "everything is below the threshold, and not red");
        assertEquals(2, run("score", "--detector", at("detector"), "--images", at("own"), "--shape", "crop"));
        assertTrue(err.toString().contains("--shape has no effect beside a detector on tiles"), err::toString);
    }

    /** How much redder than blue the first thumbnail is. */
    private static double redness(String page) throws IOException {
        String jpeg = page.substring(page.indexOf("data:image/jpeg;base64,") + 23);
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(jpeg.substring(0, jpeg.indexOf('"')))));
        double sum = 0;
        for (int i = 0; i < image.getWidth() * image.getHeight(); i++) {
            int rgb = image.getRGB(i % image.getWidth(), i / image.getWidth());
            sum += (rgb >> 16 & 0xFF) - (rgb & 0xFF);
        }
        return sum / image.getWidth() / image.getHeight();
    }

    @Test
    void evaluateSaysHowWellKindsAndPlacesAreFound() throws IOException {
        SpottedPictures.write(folder.resolve("set/train/good"), 10, 0, 1);
        SpottedPictures.write(folder.resolve("set/test/good"), 6, 0, 2);
        SpottedPictures.write(folder.resolve("set/test/spot"), 6, 1, 3);
        SpottedPictures.writeMasks(folder.resolve("set/ground_truth/spot"), 6, "%02d_mask.png");
        assertEquals(0, run("evaluate", "--images", at("set"), "--tiles", "32", "--width", "2", "--batch", "6", "--epochs", "2", "--warmup", "0", "--device", "cpu"),
                err::toString);
        JsonNode line = new ObjectMapper().readTree(out.toString());
        assertEquals(line.get("auroc").asDouble(), line.get("per_kind").get("spot").asDouble(), 1e-12);
        assertTrue(line.get("pixel_auroc").asDouble() > 0 && line.get("pixel_auroc").asDouble() < 1, out::toString);
        assertTrue(line.get("aupro").asDouble() > 0 && line.get("aupro").asDouble() <= 1, out::toString);
        assertEquals("[\"32\"]", line.get("tiles").toString().toLowerCase(Locale.ROOT));
    }

    @Test
    void whatHasNoEffectOrIsNoSizeIsRefused() {
        assertEquals(2, run("fit", "--images", at("own"), "--tiles", "50", "--out", at("d")));
        assertTrue(err.toString().contains("give 32, 64 or 128"), err::toString);
        assertEquals(2, run("fit", "--data", "digits", "--tiles", "auto", "--out", at("d")));
        assertTrue(err.toString().contains("give --images DIR"), err::toString);
        assertEquals(2, run("fit", "--images", at("own"), "--tiles", "auto", "--input-size", "64", "--out", at("d")));
        assertTrue(err.toString().contains("--input-size has no effect beside --tiles"), err::toString);
    }
}
