package org.hscl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.hscl.Hscl;
import org.hscl.data.DataSets;
import org.hscl.data.Fit;
import org.hscl.data.ImageSet;
import org.hscl.data.LooseImages;
import org.hscl.data.OwnImages;
import org.hscl.detect.AnomalyDetector;
import org.hscl.detect.Tiny;
import org.hscl.scenario.OwnScenario;
import org.hscl.train.RunOptions;
import org.hscl.train.TrainingListener;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoreCommandTest {

    /** A detector of pictures that were stretched. */
    private static Path detector;

    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path pictures;
    private Path csv;

    @BeforeAll
    static void fit() throws IOException {
        Path own = shared.resolve("own");
        write(0, 12, own.resolve("normal"));
        write(1, 4, own.resolve("abnormal"));
        detector = shared.resolve("detector");
        ImageSet read = OwnImages.defaults(own).withFit(Fit.STRETCH).read();
        try (AnomalyDetector fitted = Hscl.fit(OwnScenario.defaults().split(read), Tiny.config(),
                RunOptions.defaults().withDevice("cpu"), TrainingListener.silent())) {
            fitted.save(detector);
        }
    }

    @BeforeEach
    void picturesToScore() throws IOException {
        pictures = folder.resolve("pictures");
        write(7, 5, pictures);
        Files.writeString(pictures.resolve("broken, \"really\".png"), "no picture");
        csv = folder.resolve("scores.csv");
    }

    /** Digits on a wide ground, of which a crop keeps less than a stretch. */
    private static void write(int digit, int count, Path into) throws IOException {
        ImageSet digits = DataSets.digits().train();
        Files.createDirectories(into);
        for (int i = 0; i < count; i++) {
            BufferedImage wide = new BufferedImage(48, 32, BufferedImage.TYPE_INT_RGB);
            wide.createGraphics().drawImage(digits.image(digits.rowsOf(digit)[i]), 16, 0, null);
            ImageIO.write(wide, "png", into.resolve("%d-%02d.png".formatted(digit, i)).toFile());
        }
    }

    private int score(String... more) {
        String[] arguments = new String[more.length + 7];
        List<String> always = List.of("score", "--detector", detector.toString(), "--images", pictures.toString(), "--device", "cpu");
        always.toArray(arguments);
        System.arraycopy(more, 0, arguments, always.size(), more.length);
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }

    private String whole() throws IOException {
        assertEquals(0, score("--csv", csv.toString()), err::toString);
        return Files.readString(csv);
    }

    @Test
    void picturesArePreparedAsAtTheTrainingAndOtherwiseIsRefused() throws IOException {
        String rows = whole();
        assertEquals(0, score("--shape", "stretch"), err::toString);
        assertEquals(rows, out.toString());
        assertEquals(2, score("--shape", "crop"));
        assertTrue(err.toString().contains("--shape is CROP, but the detector was trained on pictures read with STRETCH"), err::toString);
        try (AnomalyDetector loaded = AnomalyDetector.load(detector, "cpu")) {
            assertEquals(new LooseImages(pictures, 32, Fit.STRETCH), loaded.pictures(pictures));
            ImageSet cropped = new LooseImages(pictures, 32, Fit.CROP).read(List.of(pictures.resolve("7-00.png"))).images();
            assertThrows(IllegalArgumentException.class, () -> loaded.score(cropped));
        }
    }

    @Test
    void everyFileIsARowAndProgressIsSaid() throws IOException {
        List<String> lines = whole().lines().toList();
        assertEquals("path,score,anomaly,error", lines.get(0));
        assertEquals(7, lines.size());
        assertTrue(lines.get(6).startsWith("\"%s\",,,".formatted(pictures.resolve("broken, \"really\".png").toString().replace("\"", "\"\""))),
                lines.get(6));
        assertTrue(err.toString().contains("6/6 files"), err::toString);
        assertTrue(err.toString().contains("6 files: "), err::toString);
    }

    @Test
    void rowsThatAKilledProcessLeftAreGoneOnWith() throws IOException {
        String rows = whole();
        Path aside = folder.resolve(".scores.csv.part");
        assertFalse(Files.exists(aside));
        for (int cut : new int[] {0, 10, 24, rows.length() / 2, rows.length() - 3, rows.length()}) {
            Files.writeString(aside, rows.substring(0, cut));
            Files.writeString(csv, ScoreFile.HEADER);
            assertEquals(0, score("--csv", csv.toString(), "--resume"), err::toString);
            assertEquals(rows, Files.readString(csv), "cut after " + cut);
        }
    }

    @Test
    void rowsOfAnotherDetectorAreNotGoneOnWith() throws IOException {
        String first = whole().lines().toList().get(1);
        String other = first.replaceFirst(",-?[0-9.E-]+,", ",0.987,");
        assertNotEquals(first, other);
        Files.writeString(csv, ScoreFile.HEADER + other + "\n");
        assertEquals(1, score("--csv", csv.toString(), "--resume"));
        assertTrue(err.toString().contains("it is of another detector or other pictures, so leave --resume out"), err::toString);
        assertEquals(ScoreFile.HEADER + other + "\n", Files.readString(csv));
    }

    @Test
    void aStoppedScoringLeavesAWholeFileAndSaysHowToGoOn() throws IOException {
        String rows = whole();
        Thread.currentThread().interrupt(); // as the hook of a signal does
        assertEquals(1, score("--csv", csv.toString()));
        assertFalse(Thread.currentThread().isInterrupted());
        assertTrue(err.toString().contains("stopped after 0 of 6 files; --resume goes on"), err::toString);
        assertEquals(ScoreFile.HEADER, Files.readString(csv));
        assertEquals(0, score("--csv", csv.toString(), "--resume"), err::toString);
        assertEquals(rows, Files.readString(csv));
    }

    @Test
    void nothingReadableIsAFailure() throws IOException {
        pictures = Files.createDirectory(folder.resolve("broken"));
        Files.writeString(pictures.resolve("a.png"), "x");
        assertEquals(1, score("--csv", csv.toString()));
        assertTrue(err.toString().contains("none of the 1 files in " + pictures + " could be read"), err::toString);
        assertEquals(2, Files.readString(csv).lines().count());
    }

    @Test
    void aFileOfSomethingElseIsKept() throws IOException {
        Files.writeString(csv, "notes");
        assertEquals(1, score("--csv", csv.toString()));
        assertTrue(err.toString().contains("holds something else, which would be lost"), err::toString);
        assertEquals("notes", Files.readString(csv));
    }
}
