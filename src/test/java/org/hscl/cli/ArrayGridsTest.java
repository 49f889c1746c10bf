package org.hscl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hscl.experiment.Result;
import org.hscl.experiment.ResultStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples for Slurm and Kubernetes, as they stand, in processes of this machine with the variables that the schedulers set. */
class ArrayGridsTest {

    private static final int SHARDS = 3;
    private static final Path EXAMPLES = Path.of("environment").toAbsolutePath();

    @TempDir
    Path project;

    @BeforeEach
    void aProjectWhoseCommandIsThisClassPath() throws IOException {
        Path hscl = Files.createDirectory(project.resolve("environment")).resolve("hscl");
        Files.writeString(hscl, """
                #!/usr/bin/env bash
                exec '%s' -cp '%s' -Xmx1g -Xshare:auto -XX:TieredStopAtLevel=1 -Doffline=true org.hscl.cli.Main "$@"
                """.formatted(Path.of(System.getProperty("java.home"), "bin", "java"), classPath()));
        assertTrue(hscl.toFile().setExecutable(true));
    }

    private static String classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static List<String> grid(String... more) {
        return Stream.concat(Stream.of("sweep-labels", "--out", "RESULTS", "--size", "smoke", "--methods", "HSCL", "--data", "digits",
                "--normals", "3", "--seeds", "1,2", "--device", "cpu"), Stream.of(more)).toList();
    }

    private Child start(Map<String, String> variables, List<String> command) throws IOException {
        Path output = Files.createTempFile(project, "out", ".txt");
        Path error = Files.createTempFile(project, "err", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command).directory(project.toFile())
                .redirectOutput(output.toFile()).redirectError(error.toFile());
        builder.environment().put("OMP_NUM_THREADS", "1");
        builder.environment().putAll(variables);
        return new Child(builder.start(), output, error);
    }

    private Child slurm(int task) throws IOException {
        return start(Map.of("SLURM_ARRAY_TASK_ID", Integer.toString(task), "SLURM_ARRAY_TASK_COUNT", Integer.toString(SHARDS)),
                Stream.concat(Stream.of("bash", EXAMPLES.resolve("slurm-grid").toString()), grid().stream()).toList());
    }

    /** The arguments of the container, up to those of the grid. */
    private Child kubernetes(int index) throws IOException {
        List<String> command = new ArrayList<>();
        Files.readAllLines(EXAMPLES.resolve("kubernetes-grid.yaml")).stream()
                .dropWhile(line -> !line.strip().equals("args:")).skip(1)
                .takeWhile(line -> line.strip().startsWith("- "))
                .map(line -> line.strip().substring(2)).forEach(command::add);
        assertEquals(List.of("grid", "quality", "--out", "/results"), command.subList(command.size() - 4, command.size()));
        return start(Map.of("JOB_COMPLETION_INDEX", Integer.toString(index), "SHARDS", Integer.toString(SHARDS), "THREADS", "1"),
                Stream.concat(command.subList(0, command.size() - 3).stream(), grid().stream()).toList());
    }

    /** All tasks at once; the second is killed during a run, and started again as the scheduler does. */
    private void endsWhole(IntFunction<Child> task, int first) throws Exception {
        List<Child> tasks = new ArrayList<>(IntStream.range(first, first + SHARDS).mapToObj(task).toList());
        Child victim = tasks.remove(1);
        Path results = project.resolve("RESULTS");
        while (victim.process().isAlive() && !hasFile(results, "results-2of3-")) {
            Thread.onSpinWait();
        }
        assertTrue(victim.process().destroyForcibly().waitFor() != 0, victim::errors);
        tasks.add(task.apply(first + 1));
        for (Child child : tasks) {
            child.result();
        }
        List<Result> all = ResultStore.read(results);
        assertEquals(listed(), all.stream().map(Result::id).collect(Collectors.toSet()));
        assertEquals(all.size(), lines(results), "a result is there twice");
        assertTrue(all.stream().allMatch(result -> result.failure().isEmpty()));
    }

    private static boolean hasFile(Path folder, String start) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.anyMatch(file -> file.getFileName().toString().startsWith(start));
        }
    }

    private static int lines(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            int count = 0;
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                count += Files.readAllLines(file).size();
            }
            return count;
        }
    }

    private static Set<String> listed() {
        StringWriter out = new StringWriter();
        String[] list = Stream.concat(Stream.of("grid"), grid("--list").stream()).toArray(String[]::new);
        assertEquals(0, Main.run(new PrintWriter(out, true), new PrintWriter(new StringWriter()), list));
        return out.toString().lines().map(line -> line.split(" ")[0]).collect(Collectors.toSet());
    }

    @Test
    void aSlurmArrayOfWhichATaskIsKilledEndsWhole() throws Exception {
        endsWhole(task -> unchecked(() -> slurm(task)), 1);
    }

    @Test
    void anIndexedJobOfWhichAPodIsKilledEndsWhole() throws Exception {
        endsWhole(index -> unchecked(() -> kubernetes(index)), 0);
    }

    @Test
    void aSlurmArrayThatBeginsAtZeroIsRefused() throws Exception {
        Child zeroth = slurm(0);
        assertEquals(2, zeroth.process().waitFor());
        assertTrue(zeroth.errors().contains("shard is 0 of 3; give 1"), zeroth::errors);
    }

    @Test
    void theIndexedJobHasAsManyShardsAsIndicesAndThreadsAsProcessors() throws Exception {
        String example = Files.readString(EXAMPLES.resolve("kubernetes-grid.yaml"));
        assertTrue(example.contains("completions: 4\n") && example.matches("(?s).*SHARDS # .*?value: \"4\".*"), example);
        assertTrue(example.contains("limits: {cpu: 4,") && example.matches("(?s).*THREADS # .*?value: \"4\".*"), example);
    }

    private interface Start {
        Child run() throws IOException;
    }

    private static Child unchecked(Start start) {
        try {
            return start.run();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
