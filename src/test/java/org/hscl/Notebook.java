package org.hscl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A committed notebook.
 *
 * @param path where it is
 * @param json its content
 */
record Notebook(Path path, JsonNode json) {
    private static final Path FOLDER = Path.of("notebooks");

    static List<Notebook> all() {
        if (!Files.isDirectory(FOLDER)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".ipynb")).sorted().map(Notebook::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + FOLDER, e);
        }
    }

    static Notebook read(Path path) {
        try {
            return new Notebook(path, new ObjectMapper().readTree(path.toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path, e);
        }
    }

    String name() {
        return path.getFileName().toString().replace(".ipynb", "");
    }

    String kernel() {
        return json.at("/metadata/kernelspec/name").asText();
    }

    List<JsonNode> codeCells() {
        List<JsonNode> cells = new ArrayList<>();
        json.get("cells").forEach(cell -> cells.add(cell));
        cells.removeIf(cell -> !cell.get("cell_type").asText().equals("code"));
        return cells;
    }

    /** Values of cells that were written down as text alone, where the Kotlin kernel should have shown HTML. */
    List<String> bareValues() {
        List<String> bare = new ArrayList<>();
        for (JsonNode cell : codeCells()) {
            for (JsonNode output : cell.get("outputs")) {
                if (output.get("output_type").asText().equals("execute_result") && !output.at("/data").has("text/html")) {
                    bare.add(source(cell));
                }
            }
        }
        return bare;
    }

    /** A cell's source text, which a notebook keeps as a list of lines or as one string. */
    static String source(JsonNode cell) {
        StringBuilder text = new StringBuilder();
        if (cell.get("source").isArray()) {
            cell.get("source").forEach(line -> text.append(line.asText()));
        } else {
            text.append(cell.get("source").asText());
        }
        return text.toString();
    }
}
