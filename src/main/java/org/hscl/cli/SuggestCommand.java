package org.hscl.cli;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.hscl.data.DataException;
import org.hscl.data.LooseImages;
import org.hscl.detect.Detector;
import org.hscl.detect.Suggestion;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** {@code hscl suggest}: which pictures to label next. */
@Command(
        name = "suggest",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Suggests pictures to label next, uncertain ones that differ: writes a thumbnail of each, the empty folders normal and "
                + "abnormal to sort them into, and a list. 'hscl label' then reads what was sorted.")
final class SuggestCommand implements Callable<Integer> {

    /** Which thumbnail stands for which picture. */
    static final String LIST = "suggestions.csv";

    private static final int THUMBNAIL = 256;
    private static final int AT_ONCE = 128;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private DetectorOptions saved = new DetectorOptions();

    @Option(names = "--images", paramLabel = "DIR", required = true,
            description = "Pictures without labels, in DIR and below; where DIR has a folder unlabeled, the ones in it.")
    private Path images = Path.of("");

    @Option(names = "--count", paramLabel = "N", defaultValue = "20", description = "How many; default ${DEFAULT-VALUE}.")
    private int count;

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "A new folder for the thumbnails.")
    private Path out = Path.of("");

    @Override
    public Integer call() {
        CommandSpec command = Objects.requireNonNull(spec);
        Usage.atLeastOne(command, "--count", count);
        checkEmpty();
        try (Detector detector = saved.load()) {
            Path unlabeled = images.resolve("unlabeled");
            Table chosen = StopSignal.during(() -> chosen(detector, detector.pictures(Files.isDirectory(unlabeled) ? unlabeled : images)));
            write(chosen, detector.pictures(images));
            command.commandLine().getOut().println(chosen.printAll());
            command.commandLine().getErr().printf("sort the thumbnails in %1$s into %1$s/normal and %1$s/abnormal, then call hscl label --from %1$s%n", out);
        }
        return 0;
    }

    private void checkEmpty() {
        if (!Files.exists(out)) {
            return;
        }
        try (Stream<Path> held = Files.isDirectory(out) ? Files.list(out) : Stream.of(out)) {
            held.findFirst().ifPresent(file -> {
                throw new DataException("%s holds %s; give the name of a new folder".formatted(out, file.getFileName()));
            });
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be listed: %s".formatted(out, e.getMessage()), e);
        }
    }

    private Table chosen(Detector detector, LooseImages loose) {
        List<String> files = new ArrayList<>();
        List<float[]> features = new ArrayList<>();
        List<Double> scores = new ArrayList<>();
        for (LooseImages.Batch batch : loose.batches(loose.files(), AT_ONCE)) {
            if (batch.images().count() > 0) {
                files.addAll(batch.images().files());
                features.addAll(List.of(detector.features(batch.images())));
                DoubleColumn.create("", detector.score(batch.images())).forEach(scores::add);
            }
        }
        double[] all = scores.stream().mapToDouble(score -> score).toArray();
        int[] rows = Usage.check(Objects.requireNonNull(spec),
                () -> Suggestion.rows(features.toArray(float[][]::new), all, detector.threshold().score(), count, 1));
        StringColumn thumbnails = StringColumn.create("thumbnail", IntStream.range(0, rows.length).mapToObj(i -> name(i, files.get(rows[i]))));
        return Table.create("suggested", thumbnails, StringColumn.create("path", IntStream.of(rows).mapToObj(files::get)),
                DoubleColumn.create("score", IntStream.of(rows).mapToDouble(row -> all[row])));
    }

    private static String name(int rank, String file) {
        String name = Path.of(file).getFileName().toString();
        int dot = name.lastIndexOf('.');
        return String.format(Locale.ROOT, "%03d-%s.png", rank + 1, dot > 0 ? name.substring(0, dot) : name);
    }

    private void write(Table chosen, LooseImages pictures) {
        LooseImages larger = new LooseImages(pictures.folder(), THUMBNAIL, pictures.fit());
        try {
            Files.createDirectories(out.resolve("normal"));
            Files.createDirectories(out.resolve("abnormal"));
            for (int i = 0; i < chosen.rowCount(); i++) {
                LooseImages.Batch one = larger.read(List.of(Path.of(chosen.stringColumn("path").get(i))));
                if (one.images().count() == 1) {
                    BufferedImage thumbnail = one.images().image(0);
                    ImageIO.write(thumbnail, "png", out.resolve(chosen.stringColumn("thumbnail").get(i)).toFile());
                }
            }
            chosen.write().csv(out.resolve(LIST).toString());
        } catch (IOException e) {
            throw new UncheckedIOException("the suggestions cannot be written to %s: %s".formatted(out, e.getMessage()), e);
        }
    }
}
