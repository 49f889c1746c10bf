package org.hscl.experiment;

import java.io.InputStream;
import java.util.List;
import org.hscl.baseline.Methods;
import org.hscl.data.DataException;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.Table;
import tech.tablesaw.io.csv.CsvReadOptions;

/** The numbers of the paper's Tables 1–5, and those that its peers report on Fashion-MNIST. */
public final class PublishedResults {

    private static final String RESOURCE = "published.csv";

    /** The paper that this library implements, as {@link PublishedResult#source()} names it. */
    public static final String PAPER = "HSCL paper";

    private PublishedResults() {}

    /** All numbers. */
    public static List<PublishedResult> all() {
        InputStream stream = PublishedResults.class.getResourceAsStream(RESOURCE);
        if (stream == null) {
            throw new DataException("The library's jar lacks org/hscl/experiment/%s; build it again".formatted(RESOURCE));
        }
        Table table = Table.read().usingOptions(CsvReadOptions.builder(stream).columnTypes(PublishedResults::type));
        return table.stream().map(PublishedResults::result).toList();
    }

    /** The numbers of one table. */
    public static List<PublishedResult> of(PaperTable table) {
        return all().stream().filter(result -> result.table() == table).toList();
    }

    private static ColumnType type(String column) {
        return switch (column) {
            case "labeled ratio", "pollution ratio", "auroc", "std" -> ColumnType.DOUBLE;
            case "runs" -> ColumnType.INTEGER;
            default -> ColumnType.STRING;
        };
    }

    private static PublishedResult result(Row row) {
        Place place = new Place(row.getString("data set"), row.getString("method"), row.getDouble("labeled ratio"),
                row.getDouble("pollution ratio"), row.getString("terms"), row.getString("test set"));
        return new PublishedResult(PaperTable.valueOf(row.getString("table")), place, row.getDouble("auroc"),
                row.getDouble("std"), row.isMissing("runs") ? 0 : row.getInt("runs"), row.getString("source"));
    }

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
}
