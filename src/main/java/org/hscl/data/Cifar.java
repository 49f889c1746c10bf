package org.hscl.data;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * CIFAR-10 and CIFAR-100 (Krizhevsky, 2009) in their binary version, straight from the {@code .tar.gz} or from the folder
 * that it unpacks to. A record is a label byte (CIFAR-100: a superclass byte and a class byte) and 3 × 32 × 32 values,
 * which is already the layout of an {@link ImageSet}.
 *
 * <p>CIFAR-100's 20 superclasses are read from its labels. The code that the released HSCL descends from has a list of its
 * own for them, in which some members are wrong (class 31, elephant, stands among the aquatic mammals): name its classes
 * by number to repeat such a run.
 */
final class Cifar {
    private static final String PAGE = "https://www.cs.toronto.edu/~kriz/cifar.html";
    private static final String SITE = "https://www.cs.toronto.edu/~kriz/";

    private final String name;
    private final Path path;
    private final int labelBytes;
    private final CifarPart train;
    private final CifarPart test;
    /** The classes of CIFAR-10, as its archive names them. */
    static final List<String> TEN =
            List.of("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

    private final Map<String, List<String>> names = new LinkedHashMap<>();

    private Cifar(String name, Path path, int labelBytes, List<String> trainFiles, String testFile) {
        this.name = name;
        this.path = path;
        this.labelBytes = labelBytes;
        train = new CifarPart(trainFiles, labelBytes);
        test = new CifarPart(List.of(testFile), labelBytes);
    }

    /** CIFAR-10: 50,000 training and 10,000 test images, 10 classes. */
    static TrainTest ten(DataFolder folder) {
        RemoteFile archive = new RemoteFile(
                "cifar-10",
                "cifar-10-binary.tar.gz",
                PAGE,
                SITE + "cifar-10-binary.tar.gz",
                "MD5",
                "c32a1d4ab5d03f1284b67883e8d87530");
        Path path = archive.locate(folder, archive.name(), "cifar-10/cifar-10-batches-bin", "cifar-10-batches-bin");
        List<String> batches = IntStream.rangeClosed(1, 5)
                .mapToObj(i -> "data_batch_" + i + ".bin")
                .toList();
        return new Cifar("CIFAR-10", path, 1, batches, "test_batch.bin").read("batches.meta.txt", "");
    }

    /** CIFAR-100: 50,000 training and 10,000 test images, 100 classes in 20 groups. */
    static TrainTest hundred(DataFolder folder) {
        RemoteFile archive = new RemoteFile(
                "cifar-100",
                "cifar-100-binary.tar.gz",
                PAGE,
                SITE + "cifar-100-binary.tar.gz",
                "MD5",
                "03b5dce01913d631647c71ecec9e9cb8");
        Path path = archive.locate(folder, archive.name(), "cifar-100/cifar-100-binary", "cifar-100-binary");
        return new Cifar("CIFAR-100", path, 2, List.of("train.bin"), "test.bin")
                .read("fine_label_names.txt", "coarse_label_names.txt");
    }

    private TrainTest read(String classFile, String groupFile) {
        try {
            if (Files.isDirectory(path)) {
                readFolder();
            } else {
                readArchive();
            }
        } catch (EOFException | java.util.zip.ZipException e) {
            throw new DataException(
                    "%s is truncated or damaged (%s); get it again from %s".formatted(path, e.getMessage(), PAGE), e);
        } catch (IOException e) {
            throw new DataException(
                    "Cannot read %s (%s); get it again from %s".formatted(path, e.getMessage(), PAGE), e);
        }
        List<String> classes = namesIn(classFile);
        ImageSet trainSet = train.imageSet(name + " train", path, classes);
        ImageSet testSet = test.imageSet(name + " test", path, classes);
        return new TrainTest(
                name, trainSet, testSet, labelBytes == 1 ? Map.of() : train.groups(path, classes, namesIn(groupFile)));
    }

    private List<String> namesIn(String file) {
        List<String> lines = names.get(file);
        if (lines == null || lines.isEmpty()) {
            throw new DataException(
                    "%s lacks %s, or it is empty; get the archive again from %s".formatted(path, file, PAGE));
        }
        return lines;
    }

    private void readFolder() throws IOException {
        try (var files = Files.list(path)) {
            for (Path file : files.sorted().toList()) {
                if (Files.isRegularFile(file)) {
                    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
                        readFile(file.getFileName().toString(), Files.size(file), in);
                    }
                }
            }
        }
    }

    private void readArchive() throws IOException {
        try (TarArchiveInputStream tar = new TarArchiveInputStream(
                new BufferedInputStream(new GZIPInputStream(Files.newInputStream(path), 1 << 16), 1 << 16))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                readFile(Path.of(entry.getName()).getFileName().toString(), entry.getSize(), tar);
            }
        }
    }

    private void readFile(String file, long bytes, InputStream in) throws IOException {
        if (train.has(file)) {
            train.read(file, bytes, new DataInputStream(in), path);
        } else if (test.has(file)) {
            test.read(file, bytes, new DataInputStream(in), path);
        } else if (file.endsWith(".txt") && bytes < 1 << 16) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            names.put(
                    file,
                    text.lines()
                            .map(String::strip)
                            .filter(line -> !line.isEmpty())
                            .toList());
        }
    }
}
