package org.hscl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The review list of what passes between host and device in the rooms that a training step goes through. A read makes the
 * host wait until the device has done all that is queued, so a step has none; what is sent costs a short wait.
 */
class HostTrafficTest {

    /** Methods of DJL's arrays that wait for values. */
    private static final Set<String> READS = Set.of(
            "toArray", "toBooleanArray", "toByteArray", "toDoubleArray", "toFloatArray", "toIntArray", "toLongArray",
            "toStringArray", "toUint8Array", "toByteBuffer", "getBoolean", "getByte", "getDouble", "getFloat", "getInt",
            "getLong", "getString", "getUint8", "encode", "contentEquals", "allClose", "toDebugString", "toString",
            "booleanMask", "nonzero", "unique", "toDevice", "copyTo");

    /** Where values are read, and why a step does not wait there. */
    private static final Map<String, String> READ_AT = Map.of(
            "Readout.read", "the losses of 20 steps together, when they are reported",
            "Rows.checkMatrix", "on the CPU only",
            "Weights.areFinite", "once an epoch",
            "Weights.load", "device to device, from a file",
            "Weights.copy", "for scoring, after the training",
            "Weights.sha256", "after the training",
            "Adam.restore", "from a checkpoint",
            "CheckpointStore.save", "once a checkpoint",
            "StepProfile.measure", "to time a step, not in a training");

    /** Where host arrays are sent, and why there. */
    private static final Map<String, String> SENT_AT = new TreeMap<>(Map.ofEntries(
            Map.entry("DeviceImages.<init>", "the images, once a training, one byte a value"),
            Map.entry("DeviceImages.batch", "which images, (B)"),
            Map.entry("Initialization.constant", "the first weights, once"),
            Map.entry("Initialization.uniform", "the first weights, once"),
            Map.entry("Masks.choose", "a step's draws, (N)"),
            Map.entry("ColorJitter.column", "a step's draws, (N)"),
            Map.entry("InceptionCrop.interpolation", "a step's draws, (N)"),
            Map.entry("RowSampler.rows", "a step's draws, (M)"),
            Map.entry("RowSampler.shares", "a step's draws, (M, k)"),
            Map.entry("ColorJitter.toRgb", "three numbers"),
            Map.entry("Grayscale.apply", "three numbers"),
            Map.entry("HsclLoss.rotations", "which rotation each row has, (8B)"),
            Map.entry("Rows.scalar", "one number, as DJL does for every x.mul(2)"),
            Map.entry("Rows.select", "which rows are labeled how, known from the labels on the host")));

    private static JavaClasses rooms;

    @BeforeAll
    static void read() {
        rooms = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("org.hscl.engine", "org.hscl.augment", "org.hscl.model", "org.hscl.loss", "org.hscl.train");
    }

    /** Class and method of the library from which DJL's arrays are used so. */
    private static Set<String> places(String owners, Predicate<String> method) {
        Set<String> places = new TreeSet<>();
        for (var type : rooms) {
            for (JavaAccess<?> access : type.getAccessesFromSelf()) {
                if (access.getTargetOwner().getFullName().matches(owners) && method.test(access.getName())) {
                    String[] names = type.getName().replaceFirst("\\$.*", "").split("\\.");
                    places.add(names[names.length - 1] + "." + access.getOrigin().getName());
                }
            }
        }
        return places;
    }

    @Test
    void aTrainingStepReadsNothingFromTheDevice() {
        assertEquals(new TreeSet<>(READ_AT.keySet()), places("ai\\.djl\\.ndarray\\.(NDArrays?|NDList)", READS::contains));
    }

    @Test
    void aTrainingStepSendsOnlyItsDrawsAndRowNumbers() {
        assertEquals(SENT_AT.keySet(), places("ai\\.djl\\.ndarray\\.NDManager", name -> name.startsWith("create")));
    }
}
