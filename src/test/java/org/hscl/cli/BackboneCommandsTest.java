package org.hscl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.hscl.experiment.Result;
import org.hscl.experiment.ResultStore;
import org.hscl.features.FeatureDetector;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackboneCommandsTest {

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private String own;
    private String network;

    @BeforeEach
    void picturesAndNetworks() throws IOException {
        own = folder.resolve("own").toString();
        pictures("own/normal", 12, 1, (i, lit) -> false);
        pictures("own/abnormal", 8, 2, (i, lit) -> lit);
        pictures("own/unlabeled", 30, 3, (i, lit) -> i % 10 == 0 && lit);
        for (String name : List.of("vector", "maps")) {
            try (InputStream stream = FeatureDetector.class.getResourceAsStream(name + ".pt")) {
                Files.copy(stream, folder.resolve(name + ".pt"));
            }
        }
        network = folder.resolve("vector.pt").toString();
    }

    /** Noise; where it is lit, the lower right quarter is brighter. */
    private void pictures(String into, int count, long seed, BiPredicate<Integer, Boolean> lit) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        Path place = Files.createDirectories(folder.resolve(into));
        for (int i = 0; i < count; i++) {
            BufferedImage picture = new BufferedImage(40, 40, BufferedImage.TYPE_INT_RGB);
            for (int p = 0; p < 1600; p++) {
                boolean bright = lit.test(i, p % 40 >= 20 && p / 40 >= 20);
                picture.setRGB(p % 40, p / 40, (random.nextInt(120) + (bright ? 60 : 0)) * 0x010101);
            }
            ImageIO.write(picture, "png", place.resolve("%02d.png".formatted(i)).toFile());
        }
    }

    private int run(String... arguments) {
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }

    @Test
    void aDetectorOnFeaturesIsFittedSavedAndScoresAFolder() throws IOException {
        String detector = folder.resolve("detector").toString();
        assertEquals(0, run("fit", "--images", own, "--backbone", network, "--backbone-size", "16", "--input-size", "32",
                "--threshold", "false-positive-rate=0.1", "--heads", "1", "--device", "cpu", "--out", detector), err::toString);
        JsonNode line = new ObjectMapper().readTree(out.toString());
        assertEquals("false-positive-rate=0.1", line.get("threshold_rule").asText());
        assertEquals(64, line.get("backbone_sha256").asText().length());
        assertEquals(0, run("describe", detector), err::toString);
        assertTrue(out.toString().contains("network: vector.pt, SHA-256 " + line.get("backbone_sha256").asText()), out::toString);
        assertTrue(out.toString().contains("trained on: 12 labeled normal, 30 unlabeled, 8 labeled abnormal pictures"), out::toString);
        assertTrue(out.toString().contains("(false-positive-rate=0.1)") && out.toString().contains("heads: 1"), out::toString);
        Path csv = folder.resolve("scores.csv");
        assertEquals(0, run("score", "--detector", detector, "--backbone", network, "--images", own, "--csv", csv.toString(),
                "--device", "cpu"), err::toString);
        List<String> rows = Files.readAllLines(csv);
        assertEquals(51, rows.size());
        double abnormal = rows.stream().filter(row -> row.contains("abnormal/")).filter(row -> row.contains(",true")).count() / 8.0;
        double normal = rows.stream().filter(row -> row.contains("own/normal/")).filter(row -> row.contains(",true")).count() / 12.0;
        assertTrue(abnormal >= 0.75 && normal <= 0.25, () -> "found %s, false alarms %s of %s".formatted(abnormal, normal, rows));
        assertEquals(2, run("score", "--detector", detector, "--images", own));
        assertTrue(err.toString().contains("was trained on a network's features; give its file with --backbone"), err::toString);
        assertEquals(1, run("score", "--detector", detector, "--images", own, "--backbone", folder.resolve("maps.pt").toString()));
        assertTrue(err.toString().contains("was trained with another network than"), err::toString);
    }

    @Test
    void theEncoderOfASavedDetectorServesAsANetwork() throws IOException {
        String encoder = folder.resolve("encoder").toString();
        assertEquals(0, run("fit", "--images", own, "--width", "2", "--epochs", "1", "--warmup", "0", "--batch", "16", "--device", "cpu",
                "--out", encoder), err::toString);
        String detector = folder.resolve("on-it").toString();
        assertEquals(0, run("fit", "--images", own, "--input-size", "32", "--backbone", encoder, "--heads", "1", "--device", "cpu",
                "--out", detector), err::toString);
        Path csv = folder.resolve("scores.csv");
        assertEquals(0, run("score", "--detector", detector, "--backbone", encoder, "--images", own, "--csv", csv.toString(),
                "--device", "cpu"), err::toString);
        assertEquals(51, Files.readAllLines(csv).size());
        assertEquals(1, run("score", "--detector", detector, "--backbone", network, "--images", own));
        assertTrue(err.toString().contains("was trained with another network than"), err::toString);
    }

    @Test
    void picturesAreSuggestedSortedLabeledAndLearnedFrom() throws IOException {
        String detector = folder.resolve("detector").toString();
        String[] fit = {"fit", "--images", own, "--backbone", network, "--backbone-size", "16", "--input-size", "32", "--heads", "1",
            "--device", "cpu", "--out", detector};
        assertEquals(0, run(fit), err::toString);
        Path todo = folder.resolve("todo");
        String[] suggest = {"suggest", "--detector", detector, "--backbone", network, "--images", own, "--count", "6", "--out", todo.toString(),
            "--device", "cpu"};
        assertEquals(0, run(suggest), err::toString);
        List<String> rows = Files.readAllLines(todo.resolve("suggestions.csv")).subList(1, 7);
        assertTrue(rows.stream().allMatch(row -> row.contains("own/unlabeled/")), rows::toString);
        assertEquals(256, ImageIO.read(todo.resolve(rows.get(0).split(",")[0]).toFile()).getWidth());
        assertEquals(1, run(suggest), "a folder that holds something");
        assertTrue(err.toString().contains("give the name of a new folder"), err::toString);

        String bad = rows.get(0).split(",")[0];
        String good = rows.get(1).split(",")[0];
        Files.move(todo.resolve(bad), todo.resolve("abnormal").resolve(bad));
        Files.move(todo.resolve(good), todo.resolve("normal").resolve(good));
        for (int call = 0; call < 2; call++) {
            assertEquals(0, run("label", "--from", todo.toString(), "--images", own), err::toString);
        }
        assertTrue(out.toString().contains("1 labeled normal, 1 abnormal, of 6 suggested"), out::toString);
        assertTrue(out.toString().contains("0 labeled normal, 0 abnormal, of 6 suggested"), "the second call finds nothing to do");
        Path first = Path.of(rows.get(0).split(",")[1]);
        assertFalse(Files.exists(first));
        try (Stream<Path> abnormal = Files.list(folder.resolve("own/abnormal")); Stream<Path> normal = Files.list(folder.resolve("own/normal"))) {
            assertEquals(9, abnormal.count(), "under another name where its own is taken");
            assertEquals(13, normal.count());
        }
        assertEquals(0, run(fit), err::toString);
    }

    @Test
    void whatWasSortedIsLearnedFromTheWeightsThatAreThere() throws IOException {
        String detector = folder.resolve("detector").toString();
        List<String> fit = List.of("fit", "--images", own, "--width", "2", "--epochs", "1", "--warmup", "0", "--batch", "16", "--device", "cpu",
                "--out", detector);
        assertEquals(0, run(with(fit)), err::toString);
        String weights = new ObjectMapper().readTree(out.toString()).get("weights_sha256").asText();
        Path todo = folder.resolve("todo");
        assertEquals(0, run("suggest", "--detector", detector, "--images", own, "--count", "3", "--out", todo.toString(), "--device", "cpu"),
                err::toString);
        String good = Files.readAllLines(todo.resolve("suggestions.csv")).get(1).split(",")[0];
        Files.move(todo.resolve(good), todo.resolve("normal").resolve(good));
        assertEquals(0, run("label", "--from", todo.toString(), "--images", own), err::toString);
        assertEquals(0, run(with(fit, "--from", detector)), err::toString);
        assertEquals(0, run("describe", detector), err::toString);
        assertTrue(out.toString().contains("warmStart.weightsSha256: " + weights), out::toString);
        assertTrue(out.toString().contains("1 labeled normal, 0 abnormal, of 3 suggested"), out::toString);
    }

    @Test
    void aFolderWithOnlyUnlabeledPicturesIsFittedScoredAndReported() throws IOException {
        pictures("pile/unlabeled", 60, 5, (i, lit) -> i % 10 == 0 && lit);
        String pile = folder.resolve("pile").toString();
        String detector = folder.resolve("detector").toString();
        assertEquals(0, run("fit", "--images", pile, "--backbone", network, "--backbone-size", "16", "--input-size", "32", "--heads", "1",
                "--device", "cpu", "--out", detector), err::toString);
        assertEquals("unlabeled", new ObjectMapper().readTree(out.toString()).get("threshold_rule").asText());
        Path page = folder.resolve("report.html");
        Path csv = folder.resolve("scores.csv");
        assertEquals(0, run("score", "--detector", detector, "--backbone", network, "--images", pile, "--csv", csv.toString(), "--report",
                page.toString(), "--device", "cpu"), err::toString);
        assertTrue(Files.readString(page).contains("How good that is cannot be known here"));
        List<String> lowest = Files.readAllLines(csv).stream().skip(1)
                .sorted(Comparator.comparingDouble(row -> Double.parseDouble(row.split(",")[1]))).limit(6).toList();
        assertTrue(lowest.stream().filter(row -> row.contains("0.png")).count() >= 4, () -> "the lit ones are first: " + lowest);
        assertEquals(2, run("fit", "--images", pile, "--backbone", network, "--backbone-size", "16", "--input-size", "32", "--threshold", "cost=10:1",
                "--device", "cpu", "--out", detector));
        assertTrue(err.toString().contains("needs labeled pictures of both kinds; there are 0 normal, 0 abnormal, 60 unlabeled"), err::toString);
    }

    @Test
    void suggestionsThatCannotBeMadeOrReadAreRefusedInASentence() throws IOException {
        String detector = folder.resolve("detector").toString();
        assertEquals(0, run("fit", "--images", own, "--backbone", network, "--backbone-size", "16", "--input-size", "32", "--heads", "1",
                "--device", "cpu", "--out", detector), err::toString);
        Path todo = folder.resolve("todo");
        assertEquals(2, run("suggest", "--detector", detector, "--backbone", network, "--images", own, "--count", "31", "--out", todo.toString()));
        assertTrue(err.toString().contains("31 pictures are to be suggested of 30; ask for at least 1 and at most all"), err::toString);
        assertEquals(2, run("suggest", "--detector", detector, "--images", own, "--out", todo.toString()));
        assertTrue(err.toString().contains("give its file with --backbone"), err::toString);
        assertEquals(1, run("label", "--from", folder.toString(), "--images", own));
        assertTrue(err.toString().contains("has no suggestions.csv; give the folder that hscl suggest has written"), err::toString);
        Files.createDirectories(todo.resolve("normal"));
        Files.createDirectories(todo.resolve("abnormal"));
        Path first = folder.resolve("own/unlabeled/00.png");
        Files.writeString(todo.resolve("suggestions.csv"), "thumbnail,path,score\n001-00.png,%s,0.1\n".formatted(first));
        Files.writeString(todo.resolve("normal/001-00.png"), "");
        Files.writeString(todo.resolve("abnormal/001-00.png"), "");
        assertEquals(1, run("label", "--from", todo.toString(), "--images", own));
        assertTrue(err.toString().contains("001-00.png lies both in normal and in abnormal"), err::toString);
        assertTrue(Files.exists(first), "stays where it was");
    }

    @Test
    void aGridOnFeaturesIsFoundAgainWhereverTheNetworkLies() throws IOException {
        Path store = folder.resolve("store");
        List<String> grid = List.of("grid", "--out", store.toString(), "--size", "smoke", "--data", "digits", "--normals", "3", "--methods",
                "HSCL,soel,linear", "--backbone-size", "16", "--heads", "1", "--set", "head.steps=4", "--set", "ratios.pollution=0.05,0.2",
                "--device", "cpu", "--backbone");
        assertEquals(0, run(with(grid, network)), err::toString);
        List<Result> results = ResultStore.readIfThere(store);
        assertEquals(6, results.size());
        List<String> names = results.stream().map(result -> result.experiment().label()).toList();
        assertTrue(names.get(0).contains("HSCL on vector.pt, heads 1, steps 4"), names::toString);
        assertTrue(names.get(3).contains("γ_p 0.2") && names.get(1).contains("SOEL on vector.pt, seed 1"), names::toString);
        assertEquals(List.of("total", "sample-to-prototype", "normal-to-abnormal"),
                results.get(0).circumstances().historyFile().map(file -> header(store, file)).orElseThrow());
        Path elsewhere = Files.copy(Path.of(network), folder.resolve("same.pt"));
        out.getBuffer().setLength(0);
        assertEquals(0, run(with(grid, elsewhere.toString(), "--list")), err::toString);
        assertEquals(results.stream().map(Result::id).toList(), out.toString().lines().map(line -> line.split(" ")[0]).toList());
        assertEquals(0, run(with(grid, network, "--told-share", "0.02", "--list")), err::toString);
        assertTrue(out.toString().contains("SOEL on vector.pt, told 2 %"), out::toString);
        Files.copy(folder.resolve("maps.pt"), Path.of(network), StandardCopyOption.REPLACE_EXISTING);
        assertEquals(1, run("grid", "--out", store.toString(), "--rerun", results.get(0).id(), "--device", "cpu"));
        assertTrue(err.toString().contains("give the file that it began with"), err::toString);
    }

    private static String[] with(List<String> arguments, String... others) {
        return Stream.concat(arguments.stream(), Stream.of(others)).toArray(String[]::new);
    }

    private static List<String> header(Path store, String history) {
        try {
            return List.of(Files.readAllLines(store.resolve(history)).get(0).split(",")).subList(2, 5);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void evaluateComparesTheMethodsOnTheSameFeatures() throws IOException {
        assertEquals(0, run("evaluate", "--images", own, "--backbone", network, "--backbone-size", "16", "--input-size", "32",
                "--heads", "1", "--device", "cpu", "--test-share", "0.5", "--method", "all", "--told-share", "0.05"), err::toString);
        List<String> lines = out.toString().lines().toList();
        List<String> names = lines.stream().map(line -> {
            try {
                return new ObjectMapper().readTree(line).get("method").asText();
            } catch (IOException e) {
                throw new AssertionError(line, e);
            }
        }).toList();
        assertEquals(List.of("HSCL", "SOEL told 5 %", "LOE told 5 %", "Deep SAD", "Linear", "5-NN", "Isolation forest", "OC-SVM", "KDE"), names);
        assertTrue(IntStream.range(0, 2).allMatch(i -> lines.get(i).contains("\"auroc\":")), lines.get(0));
    }

    @Test
    void optionsThatHaveNoEffectAreRefused() {
        assertEquals(2, run("evaluate", "--images", own, "--sharpening", "30"));
        assertTrue(err.toString().contains("--sharpening has no effect without --backbone NETWORK"), err::toString);
        assertEquals(2, run("fit", "--images", own, "--backbone", network, "--epochs", "3", "--out", folder.resolve("d").toString()));
        assertTrue(err.toString().contains("--epochs has no effect beside --backbone"), err::toString);
        assertEquals(2, run("evaluate", "--images", own, "--backbone", network, "--method", "CSI"));
        assertTrue(err.toString().contains("on features there is no method 'CSI'"), err::toString);
    }
}
