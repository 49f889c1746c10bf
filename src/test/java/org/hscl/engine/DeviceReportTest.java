package org.hscl.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.Device;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeviceReportTest {

    @Test
    void everyFactIsALineAndTheDeviceThatATrainingWouldUseIsTheFirst() {
        DeviceReport report = new DeviceReport(new ComputeDevice(Device.gpu(1), "GPU 1, of the second slot"), "an OS", "an engine", "cu118",
                "/libraries", 3, "a driver", List.of("0: one card", "1: another"), "9.1.0", "TF32 on");
        assertEquals(
                List.of(
                        "would use  GPU 1, of the second slot",
                        "system     an OS",
                        "engine     an engine, build cu118",
                        "libraries  /libraries",
                        "threads    3 a CPU operation",
                        "driver     a driver",
                        "GPU        0: one card",
                        "GPU        1: another",
                        "cuDNN      9.1.0",
                        "speed      TF32 on"),
                report.lines());
    }

    @Test
    void withoutACardItTellsTheCpuAndWhyNoGpu() {
        DeviceReport report = DeviceReport.take();
        assumeTrue(report.gpus().isEmpty());
        assertTrue(report.device().device().equals(Device.cpu()), report.device().toString());
        assertTrue(report.device().reason().matches("CPU: .+"), report.device().reason());
        assertEquals("TF32 and cuDNN autotuning need a GPU", report.speed());
        assertTrue(report.system().endsWith(Runtime.getRuntime().availableProcessors() + " processors"), report.system());
    }

    @Test
    void itTellsWhichEngineRunsAndWhereItsLibrariesLie() {
        DeviceReport report = DeviceReport.take();
        assertTrue(report.engine().startsWith("PyTorch " + Torch.engine().getVersion() + ", DJL "), report.engine());
        assertTrue(Files.exists(Path.of(report.libraries()).resolve(System.mapLibraryName("torch"))), report.libraries());
        assertTrue(report.threads() >= 1);
    }
}
