package org.hscl.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hscl.engine.Torch;

/** One file of golden vectors, by name; {@code -Dgolden.dir=FOLDER} reads another folder of the same layout. */
public final class Golden implements AutoCloseable {

    private final NDManager manager = Torch.engine().newBaseManager();
    private final Map<String, NDArray> arrays = new LinkedHashMap<>();
    private final String file;

    private Golden(String file) {
        this.file = file;
        try (InputStream stream = Files.newInputStream(folder().resolve(file))) {
            NDList.decode(manager, stream).forEach(array -> arrays.put(array.getName(), array));
        } catch (IOException e) {
            throw new UncheckedIOException(file + " of the golden vectors cannot be read", e);
        }
    }

    public static Golden read(String name) {
        return new Golden(name + ".npz");
    }

    /** The names of the files that start in a certain way, without their ending. */
    public static List<String> names(String start) {
        try (Stream<Path> files = Files.list(folder())) {
            return files.map(path -> path.getFileName().toString())
                    .filter(name -> name.startsWith(start) && name.endsWith(".npz"))
                    .map(name -> name.substring(0, name.length() - ".npz".length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the folder of the golden vectors cannot be listed", e);
        }
    }

    /** Where the golden vectors lie. */
    public static Path folder() {
        String other = System.getProperty("golden.dir", "");
        try {
            return other.isEmpty() ? Path.of(Golden.class.getResource("/golden").toURI()) : Path.of(other);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the golden vectors are not in a folder", e);
        }
    }

    public NDManager manager() {
        return manager;
    }

    public Map<String, NDArray> arrays() {
        return arrays;
    }

    public NDArray get(String name) {
        NDArray array = arrays.get(name);
        if (array == null) {
            throw new IllegalArgumentException(file + " holds no '" + name + "' but " + arrays.keySet());
        }
        return array;
    }

    public double[] doubles(String name) {
        return values(get(name));
    }

    public float[] floats(String name) {
        return get(name).toType(DataType.FLOAT32, false).toFloatArray();
    }

    /** Row numbers or states, recorded as floats. */
    public int[] rows(String name) {
        return Arrays.stream(doubles(name)).mapToInt(value -> (int) value).toArray();
    }

    /** Row numbers as an index, (size). */
    public NDArray index(String name) {
        return manager.create(Arrays.stream(rows(name)).asLongStream().toArray());
    }

    public double scalar(String name) {
        return doubles(name)[0];
    }

    /** A loss within 1e-5, relative. */
    public void assertLoss(String name, NDArray actual) {
        double expected = scalar(name);
        assertEquals(expected, values(actual)[0], 1e-5 * Math.max(1e-3, Math.abs(expected)), name);
    }

    /** A gradient within 1e-4 of the norm of the expected one. */
    public void assertGradient(String name, NDArray actual) {
        NDArray expected = get(name);
        assertEquals(expected.getShape(), actual.getShape(), name);
        double difference = norm(expected.sub(actual));
        assertTrue(difference <= 1e-4 * norm(expected) + 1e-9, name + ": off by " + difference + " of norm " + norm(expected));
    }

    /** Every value within a tolerance. */
    public void assertClose(String name, NDArray actual, double tolerance) {
        NDArray expected = get(name);
        assertEquals(expected.getShape(), actual.getShape(), name);
        double worst = values(expected.sub(actual).abs().max())[0];
        assertTrue(worst <= tolerance, name + ": off by " + worst);
    }

    private static double norm(NDArray array) {
        return Math.sqrt(Arrays.stream(values(array)).map(value -> value * value).sum());
    }

    private static double[] values(NDArray array) {
        return array.toType(DataType.FLOAT64, false).toDoubleArray();
    }

    @Override
    public void close() {
        manager.close();
    }
}
