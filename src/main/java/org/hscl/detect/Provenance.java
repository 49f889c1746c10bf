package org.hscl.detect;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hscl.engine.Versions;
import org.hscl.scenario.SampleState;
import org.hscl.scenario.Split;

/**
 * Where a detector comes from. Its settings and the name of its split stand beside it.
 *
 * @param versions of this library, Java, DJL, PyTorch and the system
 * @param device it was trained on, and why there
 * @param trainingImages how many are labeled normal, unlabeled and labeled abnormal
 * @param dataSha256 SHA-256 of the training images and labels, in hexadecimal
 * @param notes of the split, such as files left out
 * @param seconds that the training took, after the last resumption
 * @param finished the moment of the end, ISO 8601, UTC
 */
public record Provenance(
        Map<String, String> versions,
        String device,
        Map<String, Integer> trainingImages,
        String dataSha256,
        List<String> notes,
        double seconds,
        String finished) {

    /** Copies the collections. */
    public Provenance {
        versions = new TreeMap<>(versions);
        trainingImages = new TreeMap<>(trainingImages);
        notes = List.copyOf(notes);
    }

    static Provenance of(Split split, String dataSha256, String device, double seconds) {
        int labeledNormal = split.count(SampleState.LABELED_NORMAL);
        int labeledAbnormal = split.count(SampleState.LABELED_ABNORMAL);
        return new Provenance(
                Versions.all(), device,
                Map.of("labeled normal", labeledNormal, "labeled abnormal", labeledAbnormal,
                        "unlabeled", split.train().count() - labeledNormal - labeledAbnormal),
                dataSha256, split.notes(), seconds, java.time.Instant.now().toString());
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("trained: %s, in %.0f s, on %s".formatted(finished, seconds, device));
        lines.add("images: " + trainingImages);
        lines.add("images and labels: SHA-256 " + dataSha256);
        lines.add("versions: " + versions);
        notes.forEach(note -> lines.add("note: " + note));
        return lines;
    }
}
