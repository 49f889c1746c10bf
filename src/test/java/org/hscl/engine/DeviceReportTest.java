package org.hscl.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DeviceReportTest {

    @Test
    void itTellsTheDeviceThatATrainingWouldUseAndWhy() {
        DeviceReport report = DeviceReport.take();
        assertEquals(ComputeDevice.choose("auto"), report.device());
        assertEquals("would use  " + report.device().reason(), report.lines().get(0));
        assertFalse(report.device().reason().isBlank());
    }

    @Test
    void itTellsWhichEngineRunsAndWhereItsLibrariesLie() {
        DeviceReport report = DeviceReport.take();
        assertTrue(report.engine().startsWith("PyTorch " + Torch.engine().getVersion() + ", DJL "), report.engine());
        assertTrue(Files.exists(Path.of(report.libraries()).resolve(System.mapLibraryName("torch"))), report.libraries());
        assertTrue(report.threads() >= 1);
    }
}
