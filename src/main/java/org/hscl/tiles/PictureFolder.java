package org.hscl.tiles;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.hscl.data.DataException;
import org.hscl.data.DataException.MissingDataException;
import org.hscl.data.FolderWalk;
import org.hscl.engine.SeededRandom;
import org.hscl.scenario.Label;

/**
 * Pictures at their own size, in one of two layouts. Either {@code normal}, {@code abnormal} and {@code unlabeled}, with masks in
 * {@code masks}, below it as their pictures below {@code abnormal} and of the same name but {@code .png}, or boxes in
 * {@code boxes.csv} (file,left,top,width,height). Or as MVTec AD has them: {@code train/good}, {@code test/good},
 * {@code test/KIND} and {@code ground_truth/KIND/NAME_mask.png}, where {@code train} may also hold {@code unlabeled} and kinds.
 *
 * @param train what is learned from
 * @param test what is held out, with the truth as its label
 */
public record PictureFolder(List<LabeledPicture> train, List<LabeledPicture> test) {

    private static final String GOOD = "good";
    private static final List<String> OWN = List.of("normal", "abnormal", "unlabeled");

    /** Copies the lists. */
    public PictureFolder {
        train = List.copyOf(train);
        test = List.copyOf(test);
    }

    /**
     * Finds the pictures; none is decoded yet.
     *
     * @param testShare how much of own labeled pictures, normal and abnormal alike, is held out; MVTec AD's layout says it itself
     * @param seed of that choice
     * @throws MissingDataException if the folder has neither layout
     * @throws DataException if there is nothing normal or unlabeled to learn from, or a box cannot be read
     */
    public static PictureFolder read(Path folder, double testShare, long seed) {
        PictureFolder found = Files.isDirectory(folder.resolve("train")) ? benchmark(folder) : own(folder, testShare, seed);
        if (found.train.stream().allMatch(picture -> picture.label() == Label.ABNORMAL)) {
            throw new DataException("%s has no normal or unlabeled pictures to learn from; add some".formatted(folder));
        }
        return found;
    }

    private static PictureFolder benchmark(Path folder) {
        List<LabeledPicture> train = new ArrayList<>();
        List<LabeledPicture> test = new ArrayList<>();
        for (String part : List.of("train", "test")) {
            for (Path kind : folders(folder.resolve(part))) {
                String name = kind.getFileName().toString();
                Label label = name.equals(GOOD) ? Label.NORMAL : name.equals("unlabeled") ? Label.UNLABELED : Label.ABNORMAL;
                for (Path file : FolderWalk.of(kind).files()) {
                    Path mask = folder.resolve("ground_truth").resolve(name).resolve(stem(file) + "_mask.png");
                    (part.equals("train") ? train : test).add(new LabeledPicture(file, name, label, existing(mask), List.of()));
                }
            }
        }
        return new PictureFolder(train, test);
    }

    private static PictureFolder own(Path folder, double testShare, long seed) {
        if (OWN.stream().noneMatch(name -> Files.isDirectory(folder.resolve(name)))) {
            throw new MissingDataException("%s has none of the folders %s, nor train/good; make at least one and put pictures there"
                    .formatted(folder, String.join(", ", OWN)));
        }
        Map<String, List<LabeledPicture.Box>> boxes = boxes(folder.resolve("boxes.csv"));
        List<LabeledPicture> train = new ArrayList<>();
        List<LabeledPicture> test = new ArrayList<>();
        for (Label label : Label.values()) {
            String name = OWN.get(label == Label.NORMAL ? 0 : label == Label.ABNORMAL ? 1 : 2);
            Path of = folder.resolve(name);
            List<Path> files = Files.isDirectory(of) ? FolderWalk.of(of).files() : List.of();
            int[] order = SeededRandom.permutation(files.size(), SeededRandom.at(seed, label.ordinal()));
            long heldOut = label == Label.UNLABELED ? 0 : Math.round(files.size() * testShare);
            for (int i = 0; i < order.length; i++) {
                Path file = files.get(order[i]);
                Path below = of.relativize(file);
                String kind = below.getNameCount() > 1 ? below.getName(0).toString() : name;
                Path mask = folder.resolve("masks").resolve(below).resolveSibling(stem(file) + ".png");
                LabeledPicture picture = new LabeledPicture(file, kind, label, label == Label.ABNORMAL ? existing(mask) : Optional.empty(),
                        boxes.getOrDefault(name + "/" + below.toString().replace('\\', '/'), List.of()));
                (i < heldOut ? test : train).add(picture);
            }
        }
        return new PictureFolder(train, test);
    }

    /** Lines such as {@code abnormal/x.jpg,10,20,5,5}, by file. */
    private static Map<String, List<LabeledPicture.Box>> boxes(Path file) {
        Map<String, List<LabeledPicture.Box>> boxes = new HashMap<>();
        if (!Files.isRegularFile(file)) {
            return boxes;
        }
        try {
            for (String line : Files.readAllLines(file).stream().skip(1).filter(text -> !text.isBlank()).toList()) {
                int numbers = line.lastIndexOf(',', line.lastIndexOf(',', line.lastIndexOf(',', line.lastIndexOf(',') - 1) - 1) - 1);
                if (numbers < 1 || !line.substring(numbers).matches("(,\\s*\\d{1,6}\\s*){4}")) {
                    throw new DataException("%s has the line '%s'; give file,left,top,width,height in whole pixels".formatted(file, line));
                }
                String[] parts = line.substring(numbers + 1).split(",");
                boxes.computeIfAbsent(line.substring(0, numbers).trim(), name -> new ArrayList<>()).add(new LabeledPicture.Box(
                        number(parts[0]), number(parts[1]), number(parts[2]), number(parts[3])));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be read: %s".formatted(file, e.getMessage()), e);
        }
        return boxes;
    }

    private static int number(String text) {
        return Integer.parseInt(text.trim());
    }

    private static List<Path> folders(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(folder)) {
            return children.filter(path -> Files.isDirectory(path) && !path.getFileName().toString().startsWith(".")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be listed: %s".formatted(folder, e.getMessage()), e);
        }
    }

    private static Optional<Path> existing(Path mask) {
        return Optional.of(mask).filter(Files::isRegularFile);
    }

    private static String stem(Path file) {
        return file.getFileName().toString().replaceFirst("\\.[^.]*$", "");
    }
}
