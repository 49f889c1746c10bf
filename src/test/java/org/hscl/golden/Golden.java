package org.hscl.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hscl.engine.Torch;

/** One file of golden vectors, by name; {@code -Dgolden.dir=FOLDER} reads another folder of the same layout. */
final class Golden implements AutoCloseable {

    private final NDManager manager = Torch.engine().newBaseManager();
    private final Map<String, NDArray> arrays = new LinkedHashMap<>();
    private final String file;

    private Golden(String file) {
        this.file = file;
        try (InputStream stream = open(file)) {
            NDList.decode(manager, stream).forEach(array -> arrays.put(array.getName(), array));
        } catch (IOException e) {
            throw new UncheckedIOException(file + " of the golden vectors cannot be read", e);
        }
    }

    static Golden read(String name) {
        return new Golden(name + ".npz");
    }

    /** A file of the golden folder. */
    static InputStream open(String file) throws IOException {
        String folder = System.getProperty("golden.dir", "");
        if (!folder.isEmpty()) {
            return Files.newInputStream(Path.of(folder, file));
        }
        InputStream stream = Golden.class.getResourceAsStream("/golden/" + file);
        if (stream == null) {
            throw new IOException(file + " is not among the test resources");
        }
        return stream;
    }

    NDManager manager() {
        return manager;
    }

    Map<String, NDArray> arrays() {
        return arrays;
    }

    NDArray get(String name) {
        NDArray array = arrays.get(name);
        if (array == null) {
            throw new IllegalArgumentException(file + " holds no '" + name + "' but " + arrays.keySet());
        }
        return array;
    }

    float[] floats(String name) {
        return get(name).toFloatArray();
    }

    int[] rows(String name) {
        float[] values = floats(name);
        int[] rows = new int[values.length];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = (int) values[i];
        }
        return rows;
    }

    double scalar(String name) {
        NDArray value = get(name);
        return value.getDataType() == ai.djl.ndarray.types.DataType.FLOAT64 ? value.getDouble() : value.getFloat();
    }

    /** A loss within 1e-5, relative. */
    void assertLoss(String name, NDArray actual) {
        double expected = scalar(name);
        assertEquals(expected, actual.getFloat(), 1e-5 * Math.max(1e-3, Math.abs(expected)), name);
    }

    /** A gradient within 1e-4 of the norm of the expected one. */
    static void assertGradient(String name, NDArray expected, NDArray actual) {
        double norm = norm(expected);
        double difference = norm(expected.sub(actual));
        assertTrue(difference <= 1e-4 * norm + 1e-9, name + ": off by " + difference + " of norm " + norm);
    }

    /** Every value within a tolerance. */
    static void assertClose(String name, NDArray expected, NDArray actual, double tolerance) {
        assertEquals(expected.getShape(), actual.getShape(), name);
        double worst = expected.sub(actual).abs().max().getFloat();
        assertTrue(worst <= tolerance, name + ": off by " + worst);
    }

    private static double norm(NDArray array) {
        double sum = 0;
        for (float value : array.toFloatArray()) {
            sum += (double) value * value;
        }
        return Math.sqrt(sum);
    }

    @Override
    public void close() {
        manager.close();
    }
}
