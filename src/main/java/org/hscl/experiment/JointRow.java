package org.hscl.experiment;

import java.util.Map;

/**
 * A row of a joint table.
 *
 * @param source {@code paper}, {@code published peer: …} or {@code measured here}
 * @param dataSet name of the normal images' data set
 * @param method its name, with what differs from its defaults, and whether it exists only as published numbers
 * @param size how large the runs were and by which protocol
 * @param cells AUROC in percent by column; of published numbers the deviation may be NaN and the runs 0, where not stated
 */
public record JointRow(String source, String dataSet, String method, String size, Map<String, Summary> cells) {

    static final String MEASURED = "measured here";

    /** Whether this library has measured it. */
    public boolean isMeasured() {
        return source.equals(MEASURED);
    }

    JointRow withCells(Map<String, Summary> numbers) {
        return new JointRow(source, dataSet, method, size, numbers);
    }

    /** A cell as it is printed; a dash where there is no number. */
    String text(String column) {
        Summary summary = cells.get(column);
        if (summary == null) {
            return "–";
        }
        return isMeasured() ? summary.text() : summary.textWithoutRuns();
    }
}
