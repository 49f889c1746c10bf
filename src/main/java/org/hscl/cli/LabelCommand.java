package org.hscl.cli;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.hscl.data.DataException;
import org.hscl.data.OwnImages;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.Table;
import tech.tablesaw.io.csv.CsvReadOptions;

/** {@code hscl label}: takes over what somebody has said of suggested pictures. */
@Command(
        name = "label",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Moves the pictures whose thumbnails were sorted into normal and abnormal from IMAGES/unlabeled to IMAGES/normal and "
                + "IMAGES/abnormal; the next 'hscl fit' learns from them. Thumbnails that were not sorted stay unlabeled.")
final class LabelCommand implements Runnable {

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--from", paramLabel = "DIR", required = true, description = "The folder that suggest has written.")
    private Path from = Path.of("");

    @Option(names = "--images", paramLabel = "IMAGES", required = true, description = "The folder with the folders unlabeled, normal, abnormal.")
    private Path images = Path.of("");

    @Override
    public void run() {
        Map<Path, Boolean> labels = new LinkedHashMap<>();
        Table list = list();
        for (int i = 0; i < list.rowCount(); i++) {
            String thumbnail = list.stringColumn("thumbnail").get(i);
            boolean normal = Files.exists(from.resolve("normal").resolve(thumbnail));
            boolean abnormal = Files.exists(from.resolve("abnormal").resolve(thumbnail));
            if (normal && abnormal) {
                throw new DataException("%s lies both in normal and in abnormal of %s; take one out".formatted(thumbnail, from));
            }
            Path picture = Path.of(list.stringColumn("path").get(i));
            if ((normal || abnormal) && Files.exists(picture)) { // else it was moved by an earlier call
                labels.put(picture, abnormal);
            }
        }
        OwnImages own = OwnImages.defaults(images);
        labels.forEach(own::label);
        Objects.requireNonNull(spec).commandLine().getOut().printf("%d labeled normal, %d abnormal, of %d suggested%n",
                labels.values().stream().filter(abnormal -> !abnormal).count(), labels.values().stream().filter(abnormal -> abnormal).count(),
                list.rowCount());
    }

    private Table list() {
        Path file = from.resolve(SuggestCommand.LIST);
        if (!Files.isRegularFile(file)) {
            throw new DataException("%s has no %s; give the folder that hscl suggest has written".formatted(from, SuggestCommand.LIST));
        }
        try {
            return Table.read().usingOptions(CsvReadOptions.builder(file.toFile())
                    .columnTypes(new ColumnType[] {ColumnType.STRING, ColumnType.STRING, ColumnType.DOUBLE}));
        } catch (UncheckedIOException e) {
            throw new DataException("%s cannot be read (%s); call hscl suggest again".formatted(file, e.getMessage()), e);
        }
    }
}
