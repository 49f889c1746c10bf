package org.hscl.data;

import static org.hscl.data.Fixtures.assertSentence;
import static org.hscl.data.Fixtures.cifarRecords;
import static org.hscl.data.Fixtures.folder;
import static org.hscl.data.Fixtures.tarGz;
import static org.hscl.data.Fixtures.write;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CifarTest {

    @TempDir
    Path data;

    /** In the order of the real archive: not that of the batches. */
    private static Map<String, byte[]> ten() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (int batch : new int[] {4, 1, 3, 5, 2}) {
            files.put("data_batch_" + batch + ".bin", cifarRecords(new int[] {batch}, new int[] {batch + 1}));
        }
        files.put(
                "batches.meta.txt",
                "airplane\nautomobile\nbird\ncat\ndeer\ndog\nfrog\n\n".getBytes(StandardCharsets.UTF_8));
        files.put("readme.html", "<html>".getBytes(StandardCharsets.UTF_8));
        files.put("test_batch.bin", cifarRecords(new int[] {0}, new int[] {6}, new int[] {3}));
        return files;
    }

    private static Map<String, byte[]> hundred() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("coarse_label_names.txt", "fish\nflowers\n".getBytes(StandardCharsets.UTF_8));
        files.put("fine_label_names.txt", "ray\nrose\nshark\ntulip\n".getBytes(StandardCharsets.UTF_8));
        files.put("test.bin", cifarRecords(new int[] {0, 2}));
        files.put("train.bin", cifarRecords(new int[] {0, 0}, new int[] {1, 1}, new int[] {0, 2}, new int[] {1, 3}));
        return files;
    }

    private void archive(String name, Map<String, byte[]> files) throws IOException {
        Map<String, byte[]> entries = files.entrySet().stream()
                .collect(Collectors.toMap(
                        e -> "cifar/" + e.getKey(), Map.Entry::getValue, (a, b) -> a, LinkedHashMap::new));
        write(data.resolve(name), tarGz(entries));
    }

    @Test
    void archiveAndFolderReadAlikeInTheOrderOfTheBatches() throws IOException {
        archive("cifar-10/cifar-10-binary.tar.gz", ten());
        TrainTest packed = DataSets.cifar10(folder(data));
        assertArrayEquals(
                new int[] {1, 2, 2, 3, 3, 4, 4, 5, 5, 6}, packed.train().labels());
        assertArrayEquals(new int[] {0, 6, 3}, packed.test().labels());
        assertEquals("bird", packed.classNames().get(2));
        byte[] firstImage = Arrays.copyOfRange(cifarRecords(new int[] {1}), 1, 3073);
        assertArrayEquals(firstImage, Arrays.copyOf(packed.train().pixels(), 3072));

        Path other = data.resolve("unpacked");
        ten().forEach((name, bytes) ->
                write(other.resolve("cifar-10/cifar-10-batches-bin").resolve(name), bytes));
        TrainTest unpacked = DataSets.cifar10(folder(other));
        assertArrayEquals(packed.train().pixels(), unpacked.train().pixels());
        assertArrayEquals(packed.test().labels(), unpacked.test().labels());
    }

    @Test
    void superclassesBecomeGroups() throws IOException {
        archive("cifar-100/cifar-100-binary.tar.gz", hundred());
        TrainTest read = DataSets.cifar100(folder(data));
        assertEquals(Map.of("fish", List.of("ray", "shark"), "flowers", List.of("rose", "tulip")), read.groups());
        assertEquals(List.of("fish", "flowers"), read.normalChoices());
        assertArrayEquals(new int[] {0, 1, 2, 3}, read.train().labels());
    }

    @Test
    void damagedArchivesAreNamed() throws IOException {
        Path file = data.resolve("cifar-10/cifar-10-binary.tar.gz");
        byte[] whole = tarGz(ten());
        for (byte[] damaged : List.of(
                Arrays.copyOf(whole, whole.length - 300), new byte[0], "no archive".getBytes(), new byte[5000])) {
            write(file, damaged);
            assertSentence(() -> DataSets.cifar10(folder(data)), file, "get it again");
        }
    }

    @Test
    void partsThatDoNotFitAreNamed() throws IOException {
        assertTenFails("data_batch_2.bin", Arrays.copyOf(ten().get("data_batch_2.bin"), 6000), "6000 bytes");
        assertTenFails("data_batch_2.bin", cifarRecords(new int[] {1}), "1 images");
        assertTenFails("test_batch.bin", new byte[0], "0 bytes");
        assertTenFails("data_batch_3.bin", null, "lacks");
        assertTenFails("batches.meta.txt", null, "lacks");
        assertTenFails("test_batch.bin", cifarRecords(new int[] {7}), "label 7");
    }

    private void assertTenFails(String file, byte[] bytes, String word) throws IOException {
        Map<String, byte[]> files = ten();
        if (bytes == null) {
            files.remove(file);
        } else {
            files.put(file, bytes);
        }
        archive("cifar-10/cifar-10-binary.tar.gz", files);
        assertSentence(() -> DataSets.cifar10(folder(data)), "cifar-10-binary.tar.gz", word);
    }

    @Test
    void contradictingSuperclassesAreAnError() throws IOException {
        Map<String, byte[]> files = hundred();
        files.put("train.bin", cifarRecords(new int[] {0, 0}, new int[] {1, 0}));
        archive("cifar-100/cifar-100-binary.tar.gz", files);
        assertSentence(() -> DataSets.cifar100(folder(data)), "Image 1", "contradict");
    }

    @Test
    void zipBombIsRefusedBeforeItIsUnpacked() throws IOException {
        Map<String, byte[]> files = ten();
        byte[] tar = tarGz(files);
        // The first header claims 8 GiB: octal digits at 124, then the header's checksum at 148.
        byte[] plain = new java.util.zip.GZIPInputStream(new java.io.ByteArrayInputStream(tar)).readAllBytes();
        System.arraycopy("77777777777".getBytes(StandardCharsets.US_ASCII), 0, plain, 124, 11);
        Arrays.fill(plain, 148, 156, (byte) ' ');
        int sum = IntStream.range(0, 512).map(i -> plain[i] & 0xFF).sum();
        System.arraycopy(String.format("%06o\0 ", sum).getBytes(StandardCharsets.US_ASCII), 0, plain, 148, 8);
        write(data.resolve("cifar-10/cifar-10-binary.tar.gz"), Fixtures.gzip(plain));
        assertSentence(() -> DataSets.cifar10(folder(data)), "data_batch_4.bin", "8589934591 bytes");
    }
}
