package org.hscl.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hscl.data.DataException.MissingDataException;

/** Pictures in folders, one folder a class: {@code FOLDER/CLASS/….png}. */
public final class ImageFolder {

    private ImageFolder() {}

    /**
     * Reads a folder of class folders; classes are in the order of their names.
     *
     * @param size height and width of the result in pixels
     * @throws DataException if there are no pictures or more than half of a class cannot be read
     */
    public static ImageSet read(Path folder, int size, Fit fit) {
        return read(folder.toString(), folder, size, fit, classes(folder));
    }

    /**
     * Reads a data set from {@code FOLDER/train/CLASS/…} and {@code FOLDER/test/CLASS/…}.
     *
     * @param size height and width of the result in pixels
     * @throws DataException as {@link #read} does, or if training and test have different classes
     */
    public static TrainTest readTrainTest(Path folder, int size, Fit fit) {
        List<String> classes = classes(folder.resolve("train"));
        List<String> testClasses = classes(folder.resolve("test"));
        if (!classes.equals(testClasses)) {
            throw new DataException("%s has the classes %s in train, but %s in test; give both the same folders"
                    .formatted(folder, classes, testClasses));
        }
        String name = folder.toAbsolutePath().normalize().getFileName().toString();
        return new TrainTest(
                read(name + " train", folder.resolve("train"), size, fit, classes),
                read(name + " test", folder.resolve("test"), size, fit, classes));
    }

    private static ImageSet read(String name, Path folder, int size, Fit fit, List<String> classes) {
        ImageFiles files = new ImageFiles();
        for (int label = 0; label < classes.size(); label++) {
            files.addAll(folder.resolve(classes.get(label)), label);
        }
        return files.read(name, folder, size, fit, classes, false);
    }

    private static List<String> classes(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new MissingDataException(
                    "There is no folder %s; give one that holds a folder of pictures for each class".formatted(folder));
        }
        return ImageFiles.folders(folder).stream()
                .map(path -> path.getFileName().toString())
                .toList();
    }
}
