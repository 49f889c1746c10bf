package org.hscl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.hscl.baseline.Method;
import org.hscl.cli.Main;
import org.hscl.detect.AnomalyDetector;
import org.hscl.detect.Tiny;
import org.hscl.train.HsclConfig;
import org.hscl.train.RunOptions;
import org.hscl.train.TrainingListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README adds is a file that compiles and works. */
class MakeItYoursTest {

    private static final String IMPORTS = """
            import java.util.*;
            import java.util.stream.*;
            import ai.djl.ndarray.*;
            import org.hscl.baseline.*;
            import org.hscl.detect.*;
            import org.hscl.engine.*;
            import org.hscl.loss.*;
            import org.hscl.scenario.*;
            import org.hscl.train.*;
            """;

    @TempDir
    Path folder;

    /** Compiles the README's class of a name. */
    private Class<?> compiled(String name) throws IOException, ClassNotFoundException {
        compile(Files.writeString(folder.resolve(name + ".java"), IMPORTS + example("public final class " + name)));
        return new URLClassLoader(new URL[] {folder.toUri().toURL()}).loadClass(name);
    }

    private static String example(String declaration) throws IOException {
        return Pattern.compile("```java\n(" + declaration + ".*?)```", Pattern.DOTALL).matcher(Files.readString(Path.of("README.md")))
                .results().map((MatchResult found) -> found.group(1)).findFirst().orElseThrow();
    }

    private void compile(Path... files) {
        List<String> arguments = new ArrayList<>(List.of(
                "-proc:none", "-cp", System.getProperty("java.class.path"), "-d", folder.toString()));
        Stream.of(files).map(Path::toString).forEach(arguments::add);
        assertEquals(0, ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)), "the compiler's status");
    }

    /** Adds a file to a package, and the line that the README gives to the list there; then trains on the digits or what is named. */
    private String trained(String room, String name, String declaration, String list, String... options) throws Exception {
        String line = Pattern.compile("the line `(.*" + name + ".*?;)`").matcher(Files.readString(Path.of("README.md")))
                .results().map((MatchResult found) -> found.group(1)).findFirst().orElseThrow();
        String changed = Files.readString(Path.of("src/main/java/org/hscl", room, list + ".java"));
        String end = changed.contains("        return readers;") ? "        return readers;" : "        return all;";
        assertTrue(changed.contains(end), "the list ends as the test expects");
        compile(Files.writeString(folder.resolve(name + ".java"), "package org.hscl." + room + ";\n" + IMPORTS + example(declaration)),
                Files.writeString(folder.resolve(list + ".java"), changed.replace(end, line + "\n" + end)));
        return evaluated(options);
    }

    /** Trains with what is compiled in the folder. */
    private String evaluated(String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Doffline=true",
                "-cp", folder + File.pathSeparator + System.getProperty("java.class.path"), Main.class.getName(), "evaluate", "--device", "cpu",
                "--width", "2", "--epochs", "1", "--batch", "16", "--per-class", "40", "--test", "40"));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (BufferedReader output = process.inputReader()) {
            String lines = output.lines().collect(Collectors.joining("\n"));
            assertEquals(0, process.waitFor(), lines);
            return lines;
        }
    }

    @Test
    void aLossIsOneNewFile() throws Exception {
        HsclConfig config = (HsclConfig) compiled("Norm").getMethod("to", HsclConfig.class).invoke(null, Tiny.config());
        try (AnomalyDetector detector = Tiny.fit(config)) {
            assertTrue(detector.history().epochs().get(0).losses().get("norm") > 0);
        }
    }

    @Test
    void aBaselineIsOneNewFile() throws Exception {
        Method method = (Method) compiled("Brightness").getConstructor().newInstance();
        double[] scores = method.fit(Tiny.split(), Tiny.config(), RunOptions.defaults(), TrainingListener.silent())
                .score(Tiny.split().test());
        assertEquals(Tiny.split().test().count(), scores.length);
    }

    @Test
    void anEncoderIsOneNewFileAndOneLine() throws Exception {
        String line = trained("model", "Pooled", "record Pooled", "Encoder", "--data", "digits", "--normal", "3", "--architecture", "pooled");
        assertTrue(line.contains("\"architecture\":\"pooled\""), line);
    }

    @Test
    void anAugmentationIsOneNewFileAndOneLine() throws Exception {
        String[] digits = {"--data", "digits", "--normal", "3"};
        String without = weights(evaluated(digits)); // before anything is compiled into the folder
        String with = trained("augment", "Inversion", "record Inversion", "Augmenter", digits);
        assertNotEquals(without, weights(with), "another training");
    }

    private static String weights(String line) throws IOException {
        return new ObjectMapper().readTree(line).get("weights_sha256").asText();
    }

    @Test
    void aDataSetIsOneNewFileAndOneLine() throws Exception {
        String line = trained("data", "Stripes", "final class Stripes", "DataSets", "--data", "stripes", "--normal", "across");
        assertTrue(line.contains("\"down\""), line);
    }
}
