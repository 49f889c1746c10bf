package org.hscl.experiment;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.hscl.data.SafeFiles;
import org.hscl.train.CheckpointConfig;
import org.hscl.train.History;

/**
 * What a run leaves in the store's folder beside its line: checkpoints while it is under way, then its history, or the trace
 * of its failure.
 *
 * @param folder the store's
 * @param id the experiment's
 */
record RunFiles(Path folder, String id) {

    /** A training of many epochs saves itself about so often. */
    private static final int CHECKPOINTS = 10;

    /** Where the training saves itself, and resumes from. */
    CheckpointConfig checkpoints(int epochs) {
        return CheckpointConfig.to(checkpointFolder())
                .withEveryEpochs(Math.max(1, epochs / CHECKPOINTS))
                .withKeepLast(1);
    }

    void deleteCheckpoints() {
        try {
            checkpoints(1).deleteAll();
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be deleted (%s); delete it by hand"
                    .formatted(checkpointFolder(), e.getMessage()), e);
        }
    }

    private Path checkpointFolder() {
        return folder.resolve("checkpoints").resolve(id);
    }

    /**
     * Keeps the training's course.
     *
     * @return the file relative to the folder; nothing where nothing was trained
     */
    Optional<String> writeHistory(History history) {
        if (history.epochs().isEmpty()) {
            return Optional.empty();
        }
        String name = "history/" + id + ".csv";
        write(name, history.toTable().write().toString("csv"));
        return Optional.of(name);
    }

    /** The store keeps one sentence of a failure; whoever looks for the cause finds the rest here. */
    void writeTrace(RuntimeException failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        write("failures/" + id + ".txt", trace.toString());
    }

    private void write(String name, String text) {
        try {
            SafeFiles.replace(
                    folder.resolve(name), stream -> stream.write(text.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be written (%s); free some disk space"
                    .formatted(folder.resolve(name), e.getMessage()), e);
        }
    }
}
