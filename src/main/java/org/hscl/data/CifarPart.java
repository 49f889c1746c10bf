package org.hscl.data;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The training or the test images of a CIFAR archive, filled batch by batch in whatever order the archive has them. All
 * batches have one length, so the first one read tells the size of the whole.
 */
final class CifarPart {

    private static final int SIZE = 32;
    private static final int VALUES = 3 * SIZE * SIZE;
    private static final long LARGEST = 1L << 30;

    private final List<String> batches;
    private final int labelBytes;
    private final TreeSet<String> missing;
    private byte[] pixels = {};
    private int[] labels = {};
    private int[] groups = {};

    CifarPart(List<String> batches, int labelBytes) {
        this.batches = batches;
        this.labelBytes = labelBytes;
        missing = new TreeSet<>(batches);
    }

    boolean has(String file) {
        return batches.contains(file);
    }

    void read(String file, long bytes, DataInputStream in, Path archive) throws IOException {
        int record = labelBytes + VALUES;
        if (bytes == 0 || bytes % record != 0 || bytes > LARGEST / batches.size()) {
            throw new DataException("%s in %s has %d bytes, which is not a number of records of %d bytes; get it again"
                    .formatted(file, archive, bytes, record));
        }
        int count = (int) (bytes / record);
        if (labels.length == 0) {
            labels = new int[count * batches.size()];
            groups = new int[labels.length];
            pixels = new byte[Math.multiplyExact(labels.length, VALUES)];
        }
        if (count * batches.size() != labels.length) {
            throw new DataException("%s in %s has %d images, the other batches %d each; get it again"
                    .formatted(file, archive, count, labels.length / batches.size()));
        }
        int start = batches.indexOf(file) * count;
        for (int i = start; i < start + count; i++) {
            try {
                groups[i] = labelBytes == 1 ? 0 : in.readUnsignedByte();
                labels[i] = in.readUnsignedByte();
                in.readFully(pixels, i * VALUES, VALUES);
            } catch (EOFException e) {
                throw new DataException(
                        "%s in %s ends after %d of %d images; get it again".formatted(file, archive, i - start, count),
                        e);
            }
        }
        missing.remove(file);
    }

    ImageSet imageSet(String name, Path archive, List<String> classes) {
        if (!missing.isEmpty()) {
            throw new DataException("%s lacks %s; get it again".formatted(archive, String.join(", ", missing)));
        }
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] >= classes.size()) {
                throw new DataException("Image %d of %s in %s has the label %d, but there are %d classes; get it again"
                        .formatted(i, name, archive, labels[i], classes.size()));
            }
        }
        return new ImageSet(name, archive.toString(), SIZE, pixels, labels, classes);
    }

    /** The classes of each group, as the images' two labels tell. */
    Map<String, List<String>> groups(Path archive, List<String> classes, List<String> groupNames) {
        int[] groupOf = new int[classes.size()];
        Arrays.fill(groupOf, -1);
        for (int i = 0; i < labels.length; i++) {
            int known = groupOf[labels[i]];
            if (groups[i] >= groupNames.size() || known >= 0 && known != groups[i]) {
                throw new DataException(
                        "Image %d in %s has class %d in superclass %d, which other images or the %d superclasses contradict; get it again"
                                .formatted(i, archive, labels[i], groups[i], groupNames.size()));
            }
            groupOf[labels[i]] = groups[i];
        }
        Map<String, List<String>> members = new LinkedHashMap<>();
        for (int group = 0; group < groupNames.size(); group++) {
            List<String> fine = new ArrayList<>();
            for (int label = 0; label < groupOf.length; label++) {
                if (groupOf[label] == group) {
                    fine.add(classes.get(label));
                }
            }
            if (!fine.isEmpty()) {
                members.put(groupNames.get(group), fine);
            }
        }
        return members;
    }
}
