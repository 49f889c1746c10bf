package org.hscl.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.hscl.Hscl;
import org.hscl.chart.Report;
import org.hscl.data.Fit;
import org.hscl.data.ImageSet;
import org.hscl.data.OwnImages;
import org.hscl.detect.AnomalyDetector;
import org.hscl.detect.Tiny;
import org.hscl.eval.Threshold;
import org.hscl.scenario.OwnScenario;
import org.hscl.train.RunOptions;
import org.hscl.train.TrainingListener;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

class ScoreCommandTest {

    @TempDir
    static Path shared;

    private static AnomalyDetector detector;

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path pictures;
    private Path csv;

    /** A detector of pictures that were stretched. */
    @BeforeAll
    static void train() throws IOException {
        pictures(shared.resolve("own/normal"), 8);
        detector = Hscl.fit(
                OwnScenario.defaults().split(OwnImages.defaults(shared.resolve("own")).withFit(Fit.STRETCH).read()),
                Tiny.config(), RunOptions.defaults().withDevice("cpu"), TrainingListener.silent());
        detector.save(shared.resolve("detector"));
    }

    @AfterAll
    static void free() {
        detector.close();
    }

    @BeforeEach
    void picturesToScore() throws IOException {
        pictures = folder.resolve("pictures");
        csv = folder.resolve("scores.csv");
        pictures(pictures, 6);
    }

    /** Wide pictures of one size, each with its own bars. */
    private static void pictures(Path into, int count) throws IOException {
        pictures(into, count, 0);
    }

    private static void pictures(Path into, int count, int seed) throws IOException {
        Files.createDirectories(into);
        for (int i = 0; i < count; i++) {
            BufferedImage picture = new BufferedImage(96, 32, BufferedImage.TYPE_INT_RGB);
            Graphics2D pen = picture.createGraphics();
            Random random = new Random(seed + i);
            for (int x = 0; x < 96; x += 8) {
                pen.setColor(new Color(random.nextInt(1 << 24)));
                pen.fillRect(x, 0, 8, 32);
            }
            pen.dispose();
            ImageIO.write(picture, "png", into.resolve("p%d.png".formatted(i)).toFile());
        }
    }

    private int score(Path saved, Path images, String... more) {
        String[] all = new String[7 + more.length];
        System.arraycopy(new String[] {"score", "--detector", saved.toString(), "--images", images.toString(), "--device", "cpu"}, 0, all, 0, 7);
        System.arraycopy(more, 0, all, 7, more.length);
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), all);
    }

    private int score(String... more) {
        return score(shared.resolve("detector"), pictures, more);
    }

    @Test
    void picturesAreReadAsAtTheTrainingUnlessTheDetectorDoesNotKnowHow() throws IOException {
        assertEquals(0, score("--csv", csv.toString()), err::toString);
        double[] stretched = detector.score(OwnImages.defaults(shared.resolve("own")).withFit(Fit.STRETCH).read());
        List<String> lines = Files.readAllLines(csv);
        for (int i = 0; i < 6; i++) {
            assertEquals(stretched[i], Double.parseDouble(lines.get(i + 1).split(",")[1]));
        }
        assertEquals(2, score("--shape", "crop"));
        assertTrue(err.toString().contains("--shape is CROP, but the detector was trained on pictures read with STRETCH"), err::toString);

        Path old = folder.resolve("old");
        try (AnomalyDetector digits = Tiny.fit(Tiny.config())) { // of images that were squares, as one of an earlier version
            digits.save(old);
        }
        assertEquals(0, score(old, pictures, "--shape", "stretch"), err::toString);
    }

    @Test
    void javaRefusesPicturesOfAnotherShapeToo() {
        OwnImages cropped = OwnImages.defaults(shared.resolve("own"));
        assertThrows(IllegalArgumentException.class, () -> detector.score(cropped.read()), "CROP, but the detector was trained");
        assertEquals(Fit.STRETCH, detector.pictures(pictures).fit());
        try (AnomalyDetector again = AnomalyDetector.load(shared.resolve("detector"), "cpu")) {
            assertThrows(IllegalArgumentException.class, () -> again.features(cropped.read()));
        }
    }

    @Test
    void aFileThatWasCutAnywhereIsResumedToTheSameBytes() throws IOException {
        String name = " a \"b\", #c\n";
        Files.copy(pictures.resolve("p0.png"), pictures.resolve(name + ".png"));
        Files.writeString(pictures.resolve("#.png"), "no picture");
        assertEquals(0, score("--csv", csv.toString()), err::toString);
        byte[] whole = Files.readAllBytes(csv);
        assertTrue(new String(whole, StandardCharsets.UTF_8).contains(name.replace("\"", "\"\"")), "as it is");
        for (int length = whole.length - 1; length >= 0; length -= length > 40 ? 37 : 13) {
            Files.write(csv, Arrays.copyOf(whole, length));
            assertEquals(0, score("--csv", csv.toString(), "--resume"), err::toString);
            assertArrayEquals(whole, Files.readAllBytes(csv), "cut at " + length);
        }
    }

    @Test
    void resumingScoresOnlyFilesThatHaveNoRow() throws IOException {
        assertEquals(0, score("--csv", csv.toString()), err::toString);
        List<String> before = Files.readAllLines(csv);
        pictures(pictures, 7);
        assertEquals(0, score("--csv", csv.toString(), "--resume"), err::toString);
        assertEquals(before, Files.readAllLines(csv).subList(0, 7));
        assertEquals(8, Files.readAllLines(csv).size());
        assertTrue(err.toString().contains("7 files: "), err::toString);
    }

    @Test
    void rowsOfAnotherDetectorThresholdOrFolderAreNotContinued() throws IOException {
        assertEquals(0, score("--csv", csv.toString()), err::toString);
        byte[] before = Files.readAllBytes(csv);
        Path other = folder.resolve("other");
        detector.withThreshold(Threshold.at(2)).save(other);
        assertEquals(1, score(other, pictures, "--csv", csv.toString(), "--resume"));
        assertTrue(err.toString().contains("give the threshold that it was written with"), err::toString);
        try (AnomalyDetector digits = Tiny.fit(Tiny.config())) {
            digits.save(folder.resolve("digits"));
        }
        assertEquals(1, score(folder.resolve("digits"), pictures, "--csv", csv.toString(), "--resume"));
        pictures(folder.resolve("elsewhere"), 2);
        assertEquals(1, score(shared.resolve("detector"), folder.resolve("elsewhere"), "--csv", csv.toString(), "--resume"));
        assertTrue(err.toString().contains("has rows of other files, such as"), err::toString);
        assertArrayEquals(before, Files.readAllBytes(csv));
    }

    /** More rows than are scored again, and only the first of them between the two thresholds. */
    @Test
    void aThresholdThatDecidesOtherwiseAboutAnyRowIsNotContinued() throws IOException {
        pictures(pictures, 40);
        assertEquals(0, score("--csv", csv.toString(), "--threshold", "-2"), err::toString);
        List<String> lines = Files.readAllLines(csv);
        String first = lines.get(1);
        Files.writeString(csv, String.join("\n", lines).replace(first, first.replaceFirst(",[-0-9.E]+,false", ",-3.0,true")) + "\n");
        assertEquals(0, score("--csv", csv.toString(), "--resume", "--threshold", "-2"), err::toString);
        assertEquals(1, score("--csv", csv.toString(), "--resume", "--threshold", "-4"));
        assertTrue(err.toString().contains("p0.png: score -3.0000, anomaly true, which the threshold -4.0000 does not"), err::toString);
    }

    @Test
    void earlierScoresStayUntilTheNewOnesAreWhole() throws IOException {
        assertEquals(0, score("--csv", csv.toString()), err::toString);
        byte[] before = Files.readAllBytes(csv);
        Thread.currentThread().interrupt(); // as Ctrl-C
        assertEquals(1, score("--csv", csv.toString()));
        assertArrayEquals(before, Files.readAllBytes(csv));
        Path unfinished = folder.resolve("scores.unfinished.csv");
        assertTrue(err.toString().contains(unfinished + " has what was done"), err::toString);
        assertEquals(1, score("--csv", csv.toString()));
        assertTrue(err.toString().contains("give --resume to go on from it, or remove it"), err::toString);
        assertEquals(0, score("--csv", csv.toString(), "--resume"), err::toString);
        assertArrayEquals(before, Files.readAllBytes(csv));
        assertFalse(Files.exists(unfinished));
    }

    @Test
    void aFileOfAnotherKindOrOfAnotherWriterIsLeftAlone() throws IOException {
        Files.writeString(csv, "name,price\n");
        assertEquals(1, score("--csv", csv.toString()));
        assertEquals("name,price\n", Files.readString(csv));
        Files.delete(csv);
        try (ScoreFile taken = ScoreFile.open(csv, false)) {
            taken.start();
            assertEquals(1, score("--csv", csv.toString(), "--resume"));
            assertTrue(err.toString().contains("another process is writing to"), err::toString);
        }
    }

    /** A stop while the engine starts leaves a file too, and one without rows is no earlier scoring. */
    @Test
    void theFileIsTakenBeforeTheDetectorIsLoaded() throws IOException {
        assertEquals(1, score(folder.resolve("nowhere"), pictures, "--csv", csv.toString()));
        assertEquals(ScoreFile.HEADER, Files.readString(csv));
        assertEquals(0, score("--csv", csv.toString()), err::toString);
        assertEquals(7, Files.readAllLines(csv).size());
        assertFalse(Files.exists(folder.resolve("scores.unfinished.csv")));
    }

    @Test
    void nothingReadableIsAFailureAndStillTold() throws IOException {
        Path bad = Files.createDirectories(folder.resolve("bad"));
        Files.writeString(bad.resolve("a.png"), "x");
        Files.writeString(bad.resolve("notes.txt"), "x");
        assertEquals(1, score(shared.resolve("detector"), bad));
        assertEquals(2, out.toString().lines().count());
        assertTrue(err.toString().contains("none of the 1 files could be read as a picture; the first: "), err::toString);
        assertTrue(err.toString().contains("left out, by their names no pictures: 1 files, such as"), err::toString);
    }

    @Test
    void theListInTheScoredFolderDoesNotListItself() throws IOException {
        Path inside = pictures.resolve("scores");
        assertEquals(0, score("--csv", inside.toString()), err::toString);
        assertEquals(0, score("--csv", inside.toString()), err::toString);
        assertEquals(7, Files.readAllLines(inside).size());
    }

    @Test
    void everyFileIsARowAndProgressIsSaid() throws IOException {
        Files.writeString(pictures.resolve("broken, \"really\".png"), "no picture");
        assertEquals(0, score("--csv", csv.toString()), err::toString);
        List<String> lines = Files.readAllLines(csv);
        assertEquals("path,score,anomaly,error", lines.get(0));
        assertEquals(8, lines.size());
        assertTrue(lines.get(1).startsWith("\"%s\",,,".formatted(pictures.resolve("broken, \"really\".png").toString().replace("\"", "\"\""))),
                lines.get(1));
        assertTrue(err.toString().contains("7/7 files"), err::toString);
        assertTrue(err.toString().contains("7 files: "), err::toString);
    }

    @Test
    void aThresholdIsGivenAsAScoreOrARuleAndWrongOnesLeaveTheFileAlone() throws IOException {
        assertEquals(0, score("--csv", csv.toString(), "--threshold", "-1.5"), err::toString);
        assertTrue(err.toString().contains("6 files: 0 anomalies"), err::toString);
        assertEquals(0, score("--csv", csv.toString(), "--threshold", "1.5"), err::toString);
        assertTrue(err.toString().contains("6 files: 6 anomalies"), err::toString);
        double line = Threshold.named("false-positive-rate=0.5", detector.trainingScores()).score();
        assertEquals(0, score("--csv", csv.toString(), "--threshold", "false-positive-rate=0.5"), err::toString);
        for (String row : Files.readAllLines(csv).subList(1, 7)) {
            String[] cells = row.split(",");
            assertEquals(Double.parseDouble(cells[1]) < line, Boolean.parseBoolean(cells[2]), row);
        }
        String before = Files.readString(csv);
        assertEquals(2, score("--csv", csv.toString(), "--threshold", "cost=10:1"), err::toString);
        assertTrue(err.toString().contains("a threshold from labels needs both kinds"), err::toString);
        assertEquals(before, Files.readString(csv));
        assertEquals(2, score("--csv", csv.toString(), "--threshold", "median"), "what was refused stands in nobody's way");
        assertEquals(0, score("--csv", csv.toString(), "--threshold", "1.5"), err::toString);
    }

    @Test
    void aReportIsOnePageWithEveryPictureInOrderAndWhatTheThresholdDecides() throws Exception {
        Path labeled = folder.resolve("labeled");
        pictures(labeled.resolve("normal"), 9, 100);
        pictures(labeled.resolve("abnormal"), 6, 200);
        pictures(labeled.resolve("unlabeled"), 5, 300);
        Files.writeString(labeled.resolve("unlabeled/broken.png"), "no picture");
        Path page = folder.resolve("report.html");
        assertEquals(0, score(shared.resolve("detector"), labeled, "--csv", csv.toString(), "--report", page.toString(),
                "--threshold", "false-positive-rate=0.25"), err::toString);
        String html = Files.readString(page);
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(html))); // well-formed
        assertFalse(html.contains("http://") || html.contains("https://") || html.contains("<script"), "nothing from elsewhere");
        List<String[]> rows = Files.readAllLines(csv).stream().skip(1).map(row -> row.split(",")).filter(row -> !row[1].isEmpty()).toList();
        List<String> order = rows.stream().sorted(Comparator.comparingDouble(row -> Double.parseDouble(row[1]))).map(row -> row[0]).toList();
        List<String> shown = Pattern.compile("<li[^>]*title=\"([^\"]+)\"").matcher(html).results().map(found -> found.group(1)).toList();
        assertEquals(order, shown);
        assertEquals(20, html.split("data:image/jpeg").length - 1);
        assertEquals(4, html.split("data:image/svg").length - 1, "scores, ROC, precision and recall, training scores");
        long reported = rows.stream().filter(row -> row[2].equals("true")).count();
        assertEquals(reported, html.split("<li class=\"reported\"").length - 1);
        assertTrue(html.contains("20 pictures were scored, %d of them are reported".formatted(reported)), html.substring(0, 3000));
        assertTrue(html.contains("of 9 held-out normal pictures it would have reported"), html.substring(0, 3000));
        assertTrue(html.contains("1 files could not be read as pictures."), html.substring(0, 3000));
        assertFalse(html.contains("has probably seen them"), html.substring(0, 3000));
    }

    @Test
    void javaWritesTheSameReportAsTheCommandLine() throws IOException {
        Path labeled = folder.resolve("labeled");
        pictures(labeled.resolve("normal"), 6, 100);
        pictures(labeled.resolve("abnormal"), 6, 200);
        ImageSet read = OwnImages.defaults(labeled).withFit(Fit.STRETCH).read();
        Path page = folder.resolve("java.html");
        Report.of("What HSCL says of " + labeled, detector, read).write(page, detector.pictures(labeled));
        assertEquals(0, score(shared.resolve("detector"), labeled, "--csv", csv.toString(), "--report", folder.resolve("cli.html").toString()),
                err::toString);
        assertEquals(Files.readString(folder.resolve("cli.html")), Files.readString(page));
        assertThrows(IllegalArgumentException.class, () -> Report.of("digits", detector, Tiny.split().test()), "no files");
    }

    @Test
    void aReportOfTheTrainingsOwnPicturesSaysThatItIsTooGoodAndOneWithoutLabelsThatItCannotKnow() throws IOException {
        Path page = folder.resolve("report.html");
        assertEquals(0, score(shared.resolve("detector"), shared.resolve("own"), "--report", page.toString()), err::toString);
        assertTrue(Files.readString(page).contains("the detector has probably seen them"));
        assertEquals(0, score("--report", page.toString(), "--csv", csv.toString()), err::toString);
        assertTrue(Files.readString(page).contains("How good that is cannot be known here"), "and an older report is replaced");
        assertEquals(0, score("--report", page.toString(), "--csv", csv.toString()), err::toString);
    }

    @Test
    void whatAReportCannotBeMadeOfIsSaidBeforeTheScoring() throws IOException {
        Path page = folder.resolve("report.html");
        Files.writeString(page, "<!DOCTYPE html><html></html>");
        assertEquals(1, score("--csv", csv.toString(), "--report", page.toString()));
        assertTrue(err.toString().contains("report.html holds something else, which would be lost"), err::toString);
        Path both = folder.resolve("both");
        pictures(both.resolve("normal"), 2);
        pictures(both.resolve("abnormal"), 1);
        assertEquals(1, score(shared.resolve("detector"), both, "--csv", csv.toString(), "--report", folder.resolve("new.html").toString()));
        assertTrue(err.toString().contains("are the same file, labeled normal and abnormal; take one of the two out"), err::toString);
        assertFalse(Files.exists(csv));
    }
}
