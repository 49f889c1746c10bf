package org.hscl.experiment;

import java.util.List;
import java.util.stream.Stream;
import tech.tablesaw.api.Table;

/**
 * What came of a grid.
 *
 * @param results of its experiments that were measured, now or in an earlier session
 * @param failed its experiments that failed, now or earlier; {@link Runner#rerun} tries one again
 * @param leftOut its experiments whose data set is not there, with the reason
 */
public record Outcome(List<Result> results, List<Result> failed, List<String> leftOut) {

    /** Copies the lists. */
    public Outcome {
        results = List.copyOf(results);
        failed = List.copyOf(failed);
        leftOut = List.copyOf(leftOut);
    }

    /** Results, parted into those measured and those failed. */
    public static Outcome of(List<Result> all, List<String> leftOut) {
        return new Outcome(
                all.stream().filter(result -> result.failure().isEmpty()).toList(),
                all.stream().filter(result -> result.failure().isPresent()).toList(),
                leftOut);
    }

    /** The measured results, one row a run. */
    public Table toTable() {
        return ResultTable.of(results);
    }

    /** What went wrong, one sentence each; empty where all is well. */
    public List<String> problems() {
        return Stream.concat(
                        failed.stream().map(result -> "failed: %s (%s): %s".formatted(
                                result.experiment().label(), result.id(), result.failure().orElseThrow())),
                        leftOut.stream())
                .toList();
    }
}
