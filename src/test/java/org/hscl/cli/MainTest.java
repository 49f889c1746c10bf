package org.hscl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.hscl.data.DataSets;
import org.hscl.data.ImageSet;
import org.hscl.engine.ComputeDevice;
import org.hscl.model.Precision;
import org.hscl.train.HsclConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class MainTest {

    private static final String[] SMALL = {
        "--width", "2", "--epochs", "2", "--warmup", "0", "--batch", "16", "--device", "cpu"
    };

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }

    private int runSmall(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of(SMALL));
        return run(all.toArray(String[]::new));
    }

    @Test
    void evaluateRunsAComparedMethodAndSaysWhatItTrained() throws IOException {
        assertEquals(0, runSmall("evaluate", "--method", "goad", "--data", "digits", "--normal", "3", "--per-class", "30",
                "--test", "80"), err::toString);
        JsonNode line = new ObjectMapper().readTree(out.toString());
        assertEquals("GOAD", line.get("method").asText());
        assertTrue(line.get("auroc").asDouble() >= 0 && line.get("auroc").asDouble() <= 1);
        assertTrue(line.get("notes").toString().contains("1.00 × HSCL"), line.toString());
    }

    @Test
    void evaluatePrintsOneLineOfJson() throws IOException {
        assertEquals(0, runSmall("evaluate", "--data", "digits", "--normal", "3", "--labeled", ".1", "--pollution", ".1",
                "--labeled-anomalies", "8", "--per-class", "30", "--test", "80", "--samples", "2"), err::toString);
        assertEquals(1, out.toString().lines().count());
        JsonNode line = new ObjectMapper().readTree(out.toString());
        assertEquals(9, line.get("per_class").size());
        assertEquals(9, line.get("per_class_ensemble").size());
        double mean = 0;
        for (JsonNode value : line.get("per_class")) {
            mean += value.asDouble() / 9;
        }
        assertEquals(line.get("auroc").asDouble(), mean, 0.2); // classes are of about one size
        assertTrue(line.get("auroc_ensemble").asDouble() > 0 && line.get("auroc_ensemble").asDouble() < 1);
        JsonNode train = line.get("train");
        assertEquals(29, train.get("unlabeled_normal").asInt() + train.get("labeled_normal").asInt()); // counts are truncated
        int images = 0;
        for (JsonNode count : train) {
            images += count.asInt();
        }
        assertEquals(2 * ((images + 15) / 16), line.get("steps").asInt());
        assertTrue(line.get("s_per_step").asDouble() > 0);
        assertTrue(line.get("score_images_per_s").asDouble() > 0);
        assertTrue(line.get("peak_rss_mb").asInt() > 50);
        assertEquals(64, line.get("weights_sha256").asText().length());
        assertEquals(2, line.get("config").get("encoder").get("width").asInt());
        assertTrue(line.get("versions").has("pytorch"));
    }

    @Test
    void theReleasedRuleCountsAsTheReleasedCodeDoes() throws IOException {
        assertEquals(0, runSmall("evaluate", "--data", "digits", "--normal", "1", "--labeled", ".05", "--pollution", ".10",
                "--rule", "released", "--variant", "released", "--per-class", "60", "--test", "40", "--samples", "1"), err::toString);
        JsonNode train = new ObjectMapper().readTree(out.toString()).get("train");
        assertEquals(3, train.get("labeled_normal").asInt()); // 60 · 0.05
        assertEquals(57, train.get("unlabeled_normal").asInt());
        assertEquals(9 * 1, train.get("unlabeled_abnormal").asInt()); // rint(60 · 0.1 / 0.9 / 9) a class
        assertEquals(0, train.get("labeled_abnormal").asInt()); // rint(60 · 0.05 / 0.95 / 9) a class
    }

    @Test
    void aDetectorOfOwnImagesIsSavedAndScoresAFolderWithBadFilesInIt() throws IOException {
        ImageSet digits = DataSets.digits().train();
        write(digits, 0, 10, Files.createDirectories(folder.resolve("own/normal")));
        write(digits, 1, 4, Files.createDirectories(folder.resolve("own/abnormal")));
        write(digits, 0, 12, Files.createDirectories(folder.resolve("own/unlabeled")));
        Path detector = folder.resolve("detector");
        Path history = folder.resolve("history.csv");
        assertEquals(0, runSmall("fit", "--images", folder.resolve("own").toString(), "--out", detector.toString(),
                "--threshold", "unlabeled", "--history", history.toString()), err::toString);
        JsonNode summary = new ObjectMapper().readTree(out.toString());
        assertEquals("unlabeled", summary.get("threshold_rule").asText());
        assertEquals(3, Files.readAllLines(history).size());

        Path wild = Files.createDirectories(folder.resolve("wild/deep"));
        write(digits, 7, 2, wild);
        Files.writeString(wild.resolve("broken, \"really\".png"), "no picture");
        Path csv = folder.resolve("scores.csv");
        assertEquals(0, run("score", "--detector", detector.toString(), "--images", folder.resolve("wild").toString(),
                "--csv", csv.toString()), err::toString);
        List<String> lines = Files.readAllLines(csv);
        assertEquals("path,score,anomaly,error", lines.get(0));
        assertEquals(4, lines.size());
        for (String line : lines.subList(1, 3)) {
            String[] cells = line.split(",");
            boolean below = Double.parseDouble(cells[1]) < summary.get("threshold").asDouble();
            assertEquals(below, Boolean.parseBoolean(cells[2]), line);
        }
        assertTrue(lines.get(3).contains("is no picture of a known format"), lines.get(3));
        assertTrue(err.toString().contains("3 files: "), err::toString);
    }

    private static void write(ImageSet images, int label, int count, Path into) throws IOException {
        for (int i = 0; i < count; i++) {
            BufferedImage picture = images.image(images.rowsOf(label)[i]);
            ImageIO.write(picture, "png", into.resolve("%d-%02d.png".formatted(label, i)).toFile());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            evaluate                              | 2 | give either --data NAME or --images DIR
            evaluate --data digits --method magic | 2 | There is no method 'magic'
            evaluate --data digits --method CSI --samples 2 | 2 | --samples has no effect beside --method CSI
            evaluate --data nope                  | 2 | There is no data set 'nope'
            evaluate --data digits --architecture vgg | 2 | there is no architecture 'vgg'; choose one of resnet18, resnet34
            evaluate --data digits --normal x     | 2 | no class 'x'
            evaluate --data digits --epochs 0     | 2 | epochs is 0
            evaluate --data digits --epochs ten   | 2 | 'ten' is not an int
            evaluate --data digits --device foo   | 2 | device is 'foo'
            evaluate --data digits --resume       | 2 | --resume has no effect without --checkpoints DIR
            evaluate --data digits --threads 1000 | 2 | threads is 1000; give 1
            evaluate --data digits --checkpoint-every 2 | 2 | --checkpoint-every has no effect without --checkpoints DIR
            evaluate --data digits --epochs 3 --warmup 3 | 2 | --warmup is 3.0, so the rate would never reach its peak
            evaluate --data digits --shape stretch | 2 | --shape has no effect beside --data
            evaluate --images / --pollution .1    | 2 | --pollution has no effect beside --images
            grid quality --out /nowhere --rerun 0 --seeds 2 | 2 | --seeds has no effect beside --rerun
            table / --beside table_5 --by seed    | 1 | results.jsonl cannot be read
            fit --data digits                     | 2 | --out
            fit --data digits --out / --epochs 1  | 1 | which would be lost; give the name of a new folder
            fit --data digits --out /tmp/d --checkpoints /tmp/d/c | 2 | lies in --out
            fit --data digits --out /nowhere/d --history / | 1 | / is a folder
            fit --data digits --per-class 9 --out /nowhere/d --threshold lables | 2 | no threshold rule 'lables'
            fit --data digits --per-class 9 --out /nowhere/d --threshold false-positive-rate=5 | 2 | rate is 5.0
            fit --data digits --out /nowhere/d --from /nowhere | 1 | no training can start from /nowhere
            fit --data digits --out /nowhere/d --width 2 --from src/test/resources/kept/detector | 2 | projectionDimensions was 8 and is now 128; give the encoder
            fit --data digits --out /nowhere/d --backbone src/test/resources/kept/detector --from x | 2 | --from x has no effect beside --backbone
            fit --images /nowhere --out /nowhere  | 1 | /nowhere has none of the folders
            score --detector /nowhere --images /  | 1 | no detector can be loaded from /nowhere
            bogus                                 | 2 | bogus
            """)
    void mistakesAreOneSentenceAndAnExitStatus(String line, int status, String sentence) {
        assertEquals(status, run(line.strip().split(" +")));
        assertTrue(err.toString().contains(sentence), err::toString);
        assertEquals(1, err.toString().lines().count(), err::toString);
        assertEquals("", out.toString());
    }

    @Test
    void withoutOptionsATrainingHasTheSmallSize() {
        EvaluateCommand command = new EvaluateCommand();
        new CommandLine(command).parseArgs("--data", "digits");
        assertEquals(HsclConfig.small().withPrecision(Precision.auto(ComputeDevice.choose("cpu"))), command.training.config(32));
    }

    @Test
    void noCommandIsWrongUsage() {
        assertEquals(2, run());
    }

    @ParameterizedTest
    @CsvSource({"--help", "fit --help", "evaluate --help", "score --help"})
    void helpIsEverywhereAndGoesToTheStandardOutput(String line) {
        assertEquals(0, run(line.split(" ")));
        assertTrue(out.toString().startsWith("Usage: hscl"), out::toString);
        assertFalse(out.toString().contains("${"), out::toString);
        assertEquals("", err.toString());
    }

    @Test
    void checkpointsOfAnotherTrainingAreNotTouched() {
        String[] small = {"evaluate", "--data", "digits", "--per-class", "12", "--labeled", ".1", "--test", "40",
            "--samples", "1", "--checkpoints", folder.toString()};
        assertEquals(0, runSmall(small), err::toString);
        assertEquals(1, runSmall(small));
        assertTrue(err.toString().contains("holds checkpoints of an earlier training; resume it, or use another folder"));
    }
}
