package org.hscl.cli;

import java.util.TreeMap;
import org.hscl.engine.Versions;
import picocli.CommandLine;

/** What {@code --version} prints. */
final class VersionLines implements CommandLine.IVersionProvider {

    @Override
    public String[] getVersion() {
        return new TreeMap<>(Versions.all()).entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .toArray(String[]::new);
    }
}
