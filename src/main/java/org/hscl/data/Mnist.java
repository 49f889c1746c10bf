package org.hscl.data;

import java.nio.file.Path;
import java.util.List;

/**
 * The MNIST family: gray images of 28×28 in four IDX files. An image is padded with zeros to 32×32 and its values are
 * repeated in the three colour planes.
 */
final class Mnist {

    private static final int SIZE = 32;
    private static final List<String> GARMENTS =
            List.of("T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot");
    private static final List<String> DIGITS = List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");

    private Mnist() {}

    /** Fashion-MNIST (Xiao, Rasul and Vollgraf, 2017): 60,000 training and 10,000 test images of garments. */
    static TrainTest fashion(DataFolder folder) {
        return read(folder, "Fashion-MNIST", "fashion-mnist", "https://github.com/zalandoresearch/fashion-mnist", GARMENTS);
    }

    /** MNIST (LeCun, Cortes and Burges, 1998): 60,000 training and 10,000 test images of handwritten digits. */
    static TrainTest digits(DataFolder folder) {
        return read(folder, "MNIST", "mnist", "https://huggingface.co/datasets/ylecun/mnist", DIGITS);
    }

    private static TrainTest read(DataFolder folder, String name, String place, String page, List<String> classes) {
        return new TrainTest(
                part(folder, name + " train", place, "train", page, classes),
                part(folder, name + " test", place, "t10k", page, classes));
    }

    private static ImageSet part(
            DataFolder folder, String name, String place, String prefix, String page, List<String> classes) {
        Path images = file(folder, place, prefix + "-images-idx3-ubyte", page);
        Path labels = file(folder, place, prefix + "-labels-idx1-ubyte", page);
        return imageSet(name, images.toString(), Idx.read(images), Idx.read(labels), classes);
    }

    private static Path file(DataFolder folder, String place, String file, String page) {
        return folder.find(place + "/" + file + ".gz", place + "/" + file)
                .orElseThrow(() -> new MissingDataException(
                        "%s.gz is absent; get it from %s and put it in %s".formatted(file, page, folder.path().resolve(place))));
    }

    private static ImageSet imageSet(String name, String source, Idx images, Idx labels, List<String> classes) {
        int[] shape = images.shape();
        if (shape.length != 3 || shape[1] > SIZE || shape[2] > SIZE || labels.shape().length != 1) {
            throw new DataException("%s holds no gray images of at most 32×32; get the file again".formatted(source));
        }
        int count = shape[0];
        if (labels.values().length != count) {
            throw new DataException("%s holds %d images, but its label file %d labels; get both files again"
                    .formatted(source, count, labels.values().length));
        }
        byte[] pixels = new byte[Math.multiplyExact(count, 3 * SIZE * SIZE)];
        int top = (SIZE - shape[1]) / 2;
        int left = (SIZE - shape[2]) / 2;
        for (int i = 0; i < count; i++) {
            for (int plane = 0; plane < 3; plane++) {
                for (int y = 0; y < shape[1]; y++) {
                    int target = ((i * 3 + plane) * SIZE + top + y) * SIZE + left;
                    System.arraycopy(images.values(), (i * shape[1] + y) * shape[2], pixels, target, shape[2]);
                }
            }
        }
        int[] classOf = new int[count];
        for (int i = 0; i < count; i++) {
            classOf[i] = labels.values()[i] & 0xFF;
            if (classOf[i] >= classes.size()) {
                throw new DataException("Label %d of the labels beside %s is %d, but there are %d classes; get both files again"
                        .formatted(i, source, classOf[i], classes.size()));
            }
        }
        return new ImageSet(name, source, SIZE, pixels, classOf, classes);
    }
}
