package org.hscl.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.Device;
import java.util.List;
import java.util.OptionalInt;
import org.hscl.engine.CudaProbe.Gpu;
import org.junit.jupiter.api.Test;

class ComputeDeviceTest {

    private static final List<Gpu> CARDS = List.of(new Gpu(1, "NVIDIA A100", 8, 0), new Gpu(2, "Tesla T4", 7, 5));

    @Test
    void theFirstCardIsTakenUnlessAnotherIsNamed() {
        assertEquals(
                new ComputeDevice(Device.gpu(1), "GPU 1, NVIDIA A100, compute capability 8.0"),
                ComputeDevice.among(CARDS, OptionalInt.empty(), ""));
        assertEquals(
                new ComputeDevice(Device.gpu(2), "GPU 2, Tesla T4, compute capability 7.5"),
                ComputeDevice.among(CARDS, OptionalInt.of(2), ""));
    }

    @Test
    void aCardThatIsNotThereLeavesTheCpuAndTellsWhich() {
        assertEquals(
                new ComputeDevice(Device.cpu(), "CPU: GPU 0 was asked for, but this engine sees 2; give gpu(1) or gpu(2)"),
                ComputeDevice.among(CARDS, OptionalInt.of(0), ""));
    }

    @Test
    void withoutACardTheReasonIsPassedOn() {
        assertEquals(
                new ComputeDevice(Device.cpu(), "CPU: there is no NVIDIA driver"),
                ComputeDevice.among(List.of(), OptionalInt.empty(), "there is no NVIDIA driver"));
        assertEquals(
                new ComputeDevice(
                        Device.cpu(), "CPU: GPU 0 was asked for, but this engine sees 0; there is no NVIDIA driver"),
                ComputeDevice.among(List.of(), OptionalInt.of(0), "there is no NVIDIA driver"));
    }

    @Test
    void anUnknownNameIsRefused() {
        var failure = assertThrows(IllegalArgumentException.class, () -> ComputeDevice.choose("tpu"));
        assertEquals("device is 'tpu'; give auto, cpu, gpu or gpu(i)", failure.getMessage());
    }
}
