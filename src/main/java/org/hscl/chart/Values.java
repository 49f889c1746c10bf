package org.hscl.chart;

import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.hscl.kernel.NotebookDisplay;
import tech.tablesaw.api.Table;
import tech.tablesaw.plotly.components.Figure;

/** How values look that are the last expression of a cell: tables, figures and pictures as such, arrays and records by content. */
final class Values {

    /** Rows of a table, and elements of an array or a collection, that are shown. */
    private static final int SHOWN = 20;

    private static final int LONGEST = 200;

    private Values() {}

    /** Tells the kernel. */
    static void register() {
        NotebookDisplay.render(Table.class, value -> table((Table) value));
        NotebookDisplay.render(Figure.class, value -> Notebook.html((Figure) value));
        NotebookDisplay.render(Pictures.class, value -> Notebook.html((Pictures) value));
        NotebookDisplay.render(Runs.class, value -> Notebook.html((Runs) value));
        NotebookDisplay.render(Record.class, value -> record((Record) value));
        for (Class<?> type : List.of(Collection.class, Map.class, Object[].class, double[].class, float[].class, int[].class,
                long[].class, boolean[].class, byte[].class, double[][].class, float[][].class, int[][].class, String[].class)) {
            NotebookDisplay.render(type, value -> "<pre>%s</pre>".formatted(Html.escape(text(value))));
        }
    }

    /** Its beginning, and how large it is. */
    static String table(Table table) {
        return "<p><b>%s</b> (%d rows, %d columns)</p>%s".formatted(
                Html.name(table), table.rowCount(), table.columnCount(), Html.table(table, SHOWN));
    }

    /** Name and value of each component. */
    static String record(Record record) {
        StringBuilder html = new StringBuilder("<p><b>%s</b></p><table><tbody>".formatted(record.getClass().getSimpleName()));
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            html.append("<tr><th>%s</th><td>%s</td></tr>".formatted(component.getName(), Html.escape(text(value(record, component)))));
        }
        return html.append("</tbody></table>").toString();
    }

    private static Object value(Record record, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true); // of a record that a cell declares
            Object value = component.getAccessor().invoke(record);
            return value == null ? "null" : value;
        } catch (IllegalAccessException | InvocationTargetException | RuntimeException e) {
            return "not readable: " + e.getMessage();
        }
    }

    /** Kind, size and first elements of an array or a collection; of anything else its own words, cut to a line. */
    static String text(Object value) {
        if (value instanceof Map<?, ?> map) {
            return elements(map.getClass().getSimpleName(), map.size(), map.entrySet());
        }
        if (value instanceof Collection<?> collection) {
            return elements(collection instanceof List ? "List" : collection.getClass().getSimpleName(), collection.size(), collection);
        }
        if (!value.getClass().isArray()) {
            String own = String.valueOf(value);
            return own.length() <= LONGEST ? own : own.substring(0, LONGEST) + "…";
        }
        List<Object> first = new ArrayList<>();
        for (int i = 0; i < Math.min(SHOWN, Array.getLength(value)); i++) {
            first.add(String.valueOf(Array.get(value, i)).startsWith("[") ? text(Array.get(value, i)) : Array.get(value, i));
        }
        return elements(value.getClass().getComponentType().getSimpleName(), Array.getLength(value), first);
    }

    private static String elements(String kind, int size, Collection<?> elements) {
        List<String> first = elements.stream().limit(SHOWN).map(String::valueOf).toList();
        return "%s[%d]: %s%s".formatted(kind, size, String.join(", ", first), size > SHOWN ? ", …" : "");
    }
}
