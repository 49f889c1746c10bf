package org.hscl.cli;

import java.util.Objects;
import org.hscl.engine.DeviceReport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code hscl doctor}: what a training would run on. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = "Tells what a training would run on here and, if that is not a GPU, why.")
final class DoctorCommand implements Runnable {

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        var out = Objects.requireNonNull(spec).commandLine().getOut();
        DeviceReport.take().lines().forEach(out::println);
    }
}
