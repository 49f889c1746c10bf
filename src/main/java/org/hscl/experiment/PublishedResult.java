package org.hscl.experiment;

import org.hscl.baseline.Methods;

/**
 * A number that somebody published.
 *
 * @param table where it stands
 * @param place what it is about
 * @param auroc in percent
 * @param deviation its standard deviation over runs, in percent; NaN where none is given
 * @param runs how many; 0 where the source does not say
 * @param source the publication
 */
public record PublishedResult(
        PaperTable table, Place place, double auroc, double deviation, int runs, String source) {

    /** Whether the method exists only as published numbers: this library cannot run it. */
    public boolean onlyPublished() {
        return Methods.all().stream().noneMatch(method -> method.name().equals(place.method()));
    }
}
