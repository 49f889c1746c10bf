package org.hscl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The review list of what passes between host and device in the rooms that a training step goes through. Reading and sending
 * make the host wait until the device has done all that is queued, so a step does neither.
 */
class HostTrafficTest {

    private static final String ARRAYS = "ai\\.djl\\.ndarray\\.(NDArrays?|NDList)";

    /** Methods of DJL's arrays that wait for values. */
    private static final Set<String> READS = Set.of(
            "toArray", "toBooleanArray", "toByteArray", "toDoubleArray", "toFloatArray", "toIntArray", "toLongArray",
            "toStringArray", "toUint8Array", "toByteBuffer", "getBoolean", "getByte", "getDouble", "getFloat", "getInt",
            "getLong", "getString", "getUint8", "encode", "contentEquals", "allClose", "toDebugString", "toString",
            "booleanMask", "nonzero", "unique", "clip", "toDevice", "copyTo"); // clip asks the device for its bounds

    /** Where values are read, and why a step does not wait there. */
    private static final Map<String, String> READ_AT = Map.of(
            "Readout.read", "the losses of 20 steps together, when they are reported",
            "Rows.checkMatrix", "on the CPU only",
            "Weights.areFinite", "once an epoch",
            "Weights.assign", "device to device, from a file or a checkpoint",
            "Weights.copy", "for scoring, after the training",
            "Weights.sha256", "after the training",
            "CheckpointStore.save", "once a checkpoint",
            "StepProfile.measure", "to time a step, not in a training");

    /** Where host arrays are sent, and why there. */
    private static final Map<String, String> SENT_AT = Map.of(
            "DeviceImages.<init>", "the images, once a training, one byte a value",
            "DeviceImages.batch", "which images, for scoring; a training step finds them in its parcel",
            "Initialization.constant", "the first weights, once",
            "Initialization.uniform", "the first weights, once",
            "Parcel.send", "all draws and row numbers of as many steps as are reported together",
            "StepProfile.measure", "to time a step, not in a training");

    /** Who opens a parcel of its own. */
    private static final Map<String, String> PARCELS_AT = Map.of(
            "Trainer.epoch", "the steps until the next report",
            "StepProfile.measure", "to time a step, not in a training",
            "Augmenter.twoViews", "for galleries and the compared methods",
            "Augmentation.on", "for scoring, galleries and the compared methods",
            "BatchRows.send", "for a loss outside of a training",
            "HsclLoss.of", "likewise, where labels are given");

    /** Where a Java number is given to an array's method, which sends it. */
    private static final Map<String, String> NUMBERS_AT = Map.of(
            "Folding.foldOne", "once, after the training",
            "Weights.areFinite", "once an epoch");

    private static JavaClasses rooms;

    @BeforeAll
    static void read() {
        rooms = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("org.hscl.engine", "org.hscl.augment", "org.hscl.model", "org.hscl.loss", "org.hscl.train");
    }

    /** Class and method of the library from which DJL's arrays are used so. */
    private static Set<String> places(String owners, Predicate<JavaAccess<?>> counts) {
        Set<String> places = new TreeSet<>();
        for (var type : rooms) {
            for (JavaAccess<?> access : type.getAccessesFromSelf()) {
                if (access.getTargetOwner().getFullName().matches(owners) && counts.test(access)) {
                    String[] names = type.getName().replaceFirst("\\$.*", "").split("\\.");
                    places.add(names[names.length - 1] + "." + access.getOrigin().getName());
                }
            }
        }
        return places;
    }

    @Test
    void aTrainingStepReadsNothingFromTheDevice() {
        assertEquals(new TreeSet<>(READ_AT.keySet()), places(ARRAYS, access -> READS.contains(access.getName())));
    }

    @Test
    void drawsAndRowNumbersAreSentTogetherAtTheReports() {
        assertEquals(SENT_AT.keySet(), places("ai\\.djl\\.ndarray\\.NDManager", access -> access.getName().startsWith("create")));
        assertEquals(PARCELS_AT.keySet(), places("org\\.hscl\\.(engine\\.Parcel|loss\\.BatchRows)", HostTrafficTest::sends));
    }

    private static boolean sends(JavaAccess<?> access) {
        return access.getName().equals("send") && !access.getOriginOwner().getSimpleName().equals("Parcel");
    }

    @Test
    void numbersAreFilledInOnTheDevice() {
        assertEquals(NUMBERS_AT.keySet(), places(ARRAYS, HostTrafficTest::takesANumber));
    }

    private static boolean takesANumber(JavaAccess<?> access) {
        return access instanceof JavaMethodCall call
                && call.getTarget().getRawParameterTypes().stream().anyMatch(type -> type.isEquivalentTo(Number.class));
    }
}
