package org.hscl.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.hscl.data.Json;
import org.hscl.engine.ComputeDevice;
import org.hscl.engine.Torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrecisionTest {

    private static final ComputeDevice CPU = new ComputeDevice(Device.cpu(), "CPU, for a test");

    @ParameterizedTest
    @CsvSource({"1, 1", "1.00390625, 1", "1.01171875, 1.015625", "-3.1415927, -3.140625", "1e-30, 9.984021e-31"})
    void aCastRoundsToTheNearestOfEightBitsTiesToEven(float value, float expected) {
        try (NDManager manager = Torch.engine().newBaseManager()) {
            NDArray there = Precision.BFLOAT16.lower(List.of(manager.create(value))).get(0);
            assertEquals(expected, Precision.BFLOAT16.raise(there).getFloat(), Math.abs(expected) * 1e-7f);
        }
    }

    @Test
    void float32CastsNothing() {
        try (NDManager manager = Torch.engine().newBaseManager()) {
            List<NDArray> arrays = List.of(manager.create(1f));
            assertTrue(Precision.FLOAT32.lower(arrays) == arrays);
            assertTrue(Precision.FLOAT32.raise(arrays.get(0)) == arrays.get(0));
        }
    }

    @Test
    void gradientsFlowThroughBothCastsOfSeveralNamedArrays() {
        try (NDManager manager = Torch.engine().newBaseManager()) {
            NDArray x = manager.create(new float[] {1, 2});
            NDArray y = manager.create(new float[] {3});
            x.setName("x");
            y.setName("y");
            x.setRequiresGradient(true);
            y.setRequiresGradient(true);
            for (int call = 0; call < 4; call++) { // PyTorch rewrites a script after its first calls
                try (GradientCollector gradients = Torch.engine().newGradientCollector()) {
                    List<NDArray> lowered = Precision.BFLOAT16.lower(List.of(x, y));
                    NDArray product = Precision.BFLOAT16.raise(lowered.get(0).mul(lowered.get(1)));
                    gradients.backward(product.sum());
                }
            }
            assertEquals(List.of(12f, 12f), List.of(x.getGradient().getFloat(0), x.getGradient().getFloat(1)));
            assertEquals(12f, y.getGradient().getFloat());
            assertEquals("x", x.getName());
        }
    }

    @Test
    void theScriptsHoldTheCastAndNothingOfWhereTheyWereMade() throws IOException {
        for (Precision precision : Precision.values()) {
            Set<String> entries = new TreeSet<>();
            String code = "";
            try (ZipInputStream zip = new ZipInputStream(stream(precision))) {
                for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                    entries.add(entry.getName());
                    code += entry.getName().endsWith(".py") ? new String(zip.readAllBytes(), StandardCharsets.UTF_8) : "";
                }
            }
            String name = precision.label();
            assertEquals(Set.of(name + "/code/__torch__.py", name + "/constants.pkl", name + "/data.pkl", name + "/version"), entries);
            int scalarType = precision == Precision.BFLOAT16 ? 15 : 6; // of c10
            assertTrue(code.contains("torch.append(_0, torch.to(t, " + scalarType + "))"), code);
        }
    }

    private static InputStream stream(Precision precision) {
        return Precision.class.getResourceAsStream(precision.label() + ".pt");
    }

    @Test
    void namesAreWordsAndOthersAreRefused() {
        assertEquals(Precision.BFLOAT16, Precision.of("bfloat16", CPU));
        assertEquals(Precision.FLOAT32, Precision.of("float32", CPU));
        assertEquals(Precision.auto(CPU), Precision.of("auto", CPU));
        String message = assertThrows(IllegalArgumentException.class, () -> Precision.of("half", CPU)).getMessage();
        assertEquals("precision is 'half'; give auto, float32 or bfloat16", message);
    }

    @Test
    void settingsFromBeforeThePrecisionMeanFloat32() {
        String old = "{\"width\":16,\"inputSize\":32,\"projectionDimensions\":128,\"prototypes\":1}";
        EncoderConfig read = Json.read(old, EncoderConfig.class, "a test");
        assertEquals(EncoderConfig.defaults().withWidth(16), read);
        EncoderConfig low = read.withPrecision(Precision.BFLOAT16);
        assertEquals(low, Json.read(Json.line(low), EncoderConfig.class, "a test"));
        assertFalse(low.equals(read));
    }
}
