package org.hscl.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

class ValuesTest {

    private record Point(double x, int[] path, List<String> names, Object nothing) {}

    @Test
    void arraysAndCollectionsShowTheirSizeAndFirstElements() {
        assertEquals("double[2]: 0.5, 1.0", Values.text(new double[] {0.5, 1}));
        assertEquals("int[21]: 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, …",
                Values.text(IntStream.range(0, 21).toArray()));
        assertEquals("float[][2]: float[1]: 1.0, float[0]: ", Values.text(new float[][] {{1}, {}}).replace("float[2]", "float[][2]"));
        assertEquals("List[2]: a, b", Values.text(List.of("a", "b")));
        assertTrue(Values.text(Map.of("a", 1)).endsWith("[1]: a=1"));
    }

    @Test
    void recordsAreSmallTables() {
        assertEquals("<p><b>Point</b></p><table><tbody><tr><th>x</th><td>1.5</td></tr><tr><th>path</th><td>int[2]: 1, 2</td></tr>"
                        + "<tr><th>names</th><td>List[1]: &lt;b&gt;</td></tr><tr><th>nothing</th><td>null</td></tr></tbody></table>",
                Values.record(new Point(1.5, new int[] {1, 2}, List.of("<b>"), null)));
    }

    @Test
    void tablesShowTheirSizeAndTwentyRows() {
        String html = Values.table(Table.create("T", IntColumn.create("n", IntStream.range(0, 30).toArray())));
        assertTrue(html.startsWith("<p><b>T</b> (30 rows, 1 columns)</p>"), html);
        assertTrue(html.contains("<td>19</td>") && !html.contains("<td>20</td>"), html);
    }
}
