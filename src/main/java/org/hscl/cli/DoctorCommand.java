package org.hscl.cli;

import org.hscl.engine.DeviceReport;
import picocli.CommandLine.Command;

/** {@code hscl doctor}: what a training would run on. */
@Command(
        name = "doctor",
        description = "Tells what a training would run on here and, if that is not a GPU, why.",
        mixinStandardHelpOptions = true)
final class DoctorCommand implements Runnable {

    @Override
    public void run() {
        DeviceReport.take().lines().forEach(System.out::println);
    }
}
