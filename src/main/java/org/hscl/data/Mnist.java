package org.hscl.data;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * The MNIST family: gray images of 28×28 in four IDX files. An image is padded with zeros to 32×32 and its values are
 * repeated in the three colour planes.
 */
final class Mnist {

    private static final int SIZE = 32;
    static final List<String> GARMENTS = List.of(
            "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot");
    private static final List<String> DIGITS = List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");

    private Mnist() {}

    /** Fashion-MNIST (Xiao, Rasul and Vollgraf, 2017): 60,000 training and 10,000 test images of garments. */
    static TrainTest fashion(DataFolder folder) {
        String page = "https://github.com/zalandoresearch/fashion-mnist";
        String site = "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/";
        return read(
                folder,
                "Fashion-MNIST",
                GARMENTS,
                part -> new RemoteFile(
                        "fashion-mnist", part.file, page, site + part.file, "SHA-256", part.fashionSha256));
    }

    /** MNIST (LeCun, Cortes and Burges, 1998): 60,000 training and 10,000 test images of handwritten digits. */
    static TrainTest digits(DataFolder folder) {
        String page = "http://yann.lecun.com/exdb/mnist/";
        String site = "https://ossci-datasets.s3.amazonaws.com/mnist/";
        return read(
                folder,
                "MNIST",
                DIGITS,
                part -> new RemoteFile("mnist", part.file, page, site + part.file, "MD5", part.mnistMd5));
    }

    /** The four files of a set, with the checksums that the two sets' makers publish. */
    private enum Part {
        TRAIN_IMAGES(
                "train-images-idx3-ubyte.gz",
                "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84",
                "f68b3c2dcbeaaa9fbdd348bbdeb94873"),
        TRAIN_LABELS(
                "train-labels-idx1-ubyte.gz",
                "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845",
                "d53e105ee54ea40749a09fcbcd1e9432"),
        TEST_IMAGES(
                "t10k-images-idx3-ubyte.gz",
                "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073",
                "9fb629c4189551a2d022fa330f9573f3"),
        TEST_LABELS(
                "t10k-labels-idx1-ubyte.gz",
                "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5",
                "ec29112dd5afa0611ce80d1b7f02629c");

        private final String file;
        private final String fashionSha256;
        private final String mnistMd5;

        Part(String file, String fashionSha256, String mnistMd5) {
            this.file = file;
            this.fashionSha256 = fashionSha256;
            this.mnistMd5 = mnistMd5;
        }
    }

    private static TrainTest read(
            DataFolder folder, String name, List<String> classes, Function<Part, RemoteFile> files) {
        Function<Part, Path> locate = part -> {
            RemoteFile file = files.apply(part);
            return file.locate(folder, file.place() + "/" + part.file.replace(".gz", ""));
        };
        return new TrainTest(
                imageSet(name + " train", locate.apply(Part.TRAIN_IMAGES), locate.apply(Part.TRAIN_LABELS), classes),
                imageSet(name + " test", locate.apply(Part.TEST_IMAGES), locate.apply(Part.TEST_LABELS), classes));
    }

    private static ImageSet imageSet(String name, Path imageFile, Path labelFile, List<String> classes) {
        Idx images = Idx.read(imageFile);
        Idx labels = Idx.read(labelFile);
        int[] shape = images.shape();
        if (shape.length != 3 || shape[0] == 0 || shape[1] > SIZE || shape[2] > SIZE) {
            throw new DataException(
                    "%s has dimensions %s, but should hold gray images of at most 32×32; get the file again"
                            .formatted(imageFile, Arrays.toString(shape)));
        }
        if (labels.shape().length != 1 || labels.values().length != shape[0]) {
            throw new DataException("%s has dimensions %s, but there are %d images in %s; get both files again"
                    .formatted(labelFile, Arrays.toString(labels.shape()), shape[0], imageFile));
        }
        int[] classOf = new int[shape[0]];
        for (int i = 0; i < classOf.length; i++) {
            classOf[i] = labels.values()[i] & 0xFF;
            if (classOf[i] >= classes.size()) {
                throw new DataException("Label %d of %s is %d, but there are %d classes; get the file again"
                        .formatted(i, labelFile, classOf[i], classes.size()));
            }
        }
        return new ImageSet(name, imageFile.toString(), SIZE, padded(images), classOf, classes);
    }

    /** The images in the middle of 32×32 zeros, three times each. */
    private static byte[] padded(Idx images) {
        int count = images.shape()[0];
        int rows = images.shape()[1];
        int columns = images.shape()[2];
        int corner = (SIZE - rows) / 2 * SIZE + (SIZE - columns) / 2;
        byte[] pixels = new byte[Math.multiplyExact(count, 3 * SIZE * SIZE)];
        for (int plane = 0; plane < 3 * count; plane++) {
            for (int y = 0; y < rows; y++) {
                int source = (plane / 3 * rows + y) * columns;
                System.arraycopy(images.values(), source, pixels, (plane * SIZE + y) * SIZE + corner, columns);
            }
        }
        return pixels;
    }
}
