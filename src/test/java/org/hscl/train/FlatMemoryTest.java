package org.hscl.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.BaseNDManager;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.hscl.detect.Tiny;
import org.hscl.engine.ComputeDevice;
import org.hscl.model.Precision;
import org.hscl.scenario.Split;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A process of its own, whose heap is resident from the start, so that growth is native memory. */
class FlatMemoryTest {

    private static final int EPOCHS = 50;
    private static final int SETTLED = 10;
    private static final Path STATUS = Path.of("/proc/self/status");

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void fiftyEpochsNeedNoMoreMemoryThanTen(Precision precision) throws IOException, InterruptedException {
        assumeTrue(Files.isReadable(STATUS), "the resident size is read from /proc");
        Path output = folder.resolve("out.txt");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xms192m", "-Xmx192m", "-XX:+AlwaysPreTouch", "-Doffline=true",
                        "-cp", System.getProperty("java.class.path"), FlatMemoryTest.class.getName(), precision.name())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertEquals(0, process.waitFor(), () -> read(output));
        List<String[]> epochs = read(output).lines()
                .filter(line -> line.startsWith("epoch "))
                .map(line -> line.split(" "))
                .toList();
        assertEquals(EPOCHS, epochs.size());
        String[] early = epochs.get(SETTLED - 1);
        String[] last = epochs.get(EPOCHS - 1);
        assertEquals(early[2], last[2], "live arrays");
        long growth = Long.parseLong(last[3]) - Long.parseLong(early[3]);
        // The views of one batch have 1.5 MB, and 80 steps lie between the two.
        assertTrue(growth < 24_000, () -> "resident size grew by " + growth + " kB:\n" + read(output));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Trains and prints after each epoch the number of live arrays and the resident size in kB. */
    public static void main(String[] arguments) {
        Split split = Tiny.split();
        try (Trainer trainer = new Trainer(
                split.train(), split.labels(), Tiny.config().withEpochs(EPOCHS).withPrecision(Precision.valueOf(arguments[0])), ComputeDevice.choose("cpu"), Optional.empty(),
                TrainingListener.silent())) {
            NDManager root = trainer.encoder().weights().manager().getParentManager();
            trainer.train(new TrainingListener() {
                @Override
                public void onProgress(Progress progress) {}

                @Override
                public void onEpoch(History history) {
                    System.gc(); // direct buffers go with their Java objects
                    System.out.printf("epoch %d %d %d%n", history.epochs().size(), liveArrays(root), residentKilobytes());
                }
            });
        }
    }

    /** Arrays of a manager and of those below it. */
    private static int liveArrays(NDManager manager) {
        try {
            Field resources = BaseNDManager.class.getDeclaredField("resources");
            resources.setAccessible(true);
            int count = 0;
            for (Object resource : new ArrayList<>(((Map<?, ?>) resources.get(manager)).values())) {
                count += resource instanceof NDManager below ? liveArrays(below) : resource instanceof NDArray ? 1 : 0;
            }
            return count;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long residentKilobytes() {
        Predicate<String> resident = line -> line.startsWith("VmRSS:");
        return read(STATUS).lines().filter(resident).mapToLong(line -> Long.parseLong(line.replaceAll("\\D", ""))).sum();
    }
}
