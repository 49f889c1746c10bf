package org.hscl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.hscl.engine.ComputeDevice;
import org.junit.jupiter.api.Test;

class DoctorCommandTest {

    @Test
    void doctorTellsTheDeviceFirstAndThenWhatItRestsOn() {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        assertEquals(0, Main.run(new PrintWriter(out, true), new PrintWriter(err, true), "doctor"), err::toString);
        String report = out.toString();
        assertTrue(report.startsWith("would use  " + ComputeDevice.choose("auto").reason()), report);
        for (String fact : new String[] {"engine", "libraries", "threads", "driver", "cuDNN"}) {
            assertTrue(report.lines().anyMatch(line -> line.startsWith(fact)), report);
        }
    }
}
