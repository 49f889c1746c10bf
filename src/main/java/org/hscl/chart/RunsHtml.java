package org.hscl.chart;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.hscl.experiment.ResultTable;
import tech.tablesaw.api.Table;

/** {@link Runs} as HTML: tables that every page shows, and a script that lets them be sorted, filtered and compared. */
final class RunsHtml {

    private static final String SCRIPT = """
            <script>
            (function () {
              var tries = 0;
              function begin() {
                var place = document.getElementById('%1$s');
                if (!place) { if (++tries < 40) setTimeout(begin, 250); return; }
                var tables = place.querySelectorAll('table'), body = tables[0].tBodies[0], rows = Array.from(body.rows), chosen = [];
                var names = Array.from(tables[1].tHead.rows[0].cells), settings = Array.from(tables[1].tBodies[0].rows);
                var own = new Map(rows.map(function (row, i) { return [row, settings[i]]; }));
                var filter = document.createElement('input'), said = document.createElement('p');
                filter.placeholder = 'words that a run must have';
                filter.oninput = function () {
                  var words = filter.value.toLowerCase().split(' ');
                  rows.forEach(function (row) {
                    var text = row.textContent.toLowerCase();
                    row.style.display = words.every(function (word) { return text.indexOf(word) >= 0; }) ? '' : 'none';
                  });
                };
                Array.from(tables[0].tHead.rows[0].cells).forEach(function (head, column) {
                  var up = false;
                  head.style.cursor = 'pointer';
                  head.onclick = function () {
                    up = !up;
                    rows.sort(function (a, b) {
                      var x = a.cells[column].textContent, y = b.cells[column].textContent, less = x - y;
                      return (up ? 1 : -1) * (isNaN(less) ? x.localeCompare(y) : less);
                    }).forEach(function (row) { body.appendChild(row); });
                  };
                });
                rows.forEach(function (row) {
                  row.onclick = function () {
                    chosen = chosen.filter(function (other) { return other !== row; }).concat(row).slice(-2);
                    rows.forEach(function (other) { other.style.outline = chosen.indexOf(other) < 0 ? '' : '2px solid #0072b2'; });
                    var a = own.get(chosen[0]), b = own.get(chosen[1]);
                    said.textContent = !b ? 'Click a second run, and this line says in which settings they differ.'
                      : names.map(function (name, i) { return [name.textContent, a.cells[i].textContent, b.cells[i].textContent]; })
                        .filter(function (three) { return three[1] !== three[2]; })
                        .map(function (three) { return three[0] + ': ' + (three[1] || '–') + ' → ' + (three[2] || '–'); }).join('; ');
                  };
                });
                said.textContent = 'Click a column to sort by it, two runs to compare their settings.';
                tables[0].parentNode.insertBefore(filter, tables[0]);
                tables[0].parentNode.insertBefore(said, tables[0]);
              }
              begin();
            })();
            </script>
            """;

    private RunsHtml() {}

    static String of(Runs runs, String id) {
        Table table = runs.table();
        StringBuilder html = new StringBuilder();
        html.append(String.format(Locale.ROOT, "<div id=\"%s\"><p><b>%,d runs</b>, all with %s</p><table><thead><tr>",
                id, table.rowCount(), Html.escape(runs.alike())));
        table.columnNames().forEach(name -> html.append("<th>").append(Html.escape(name)).append("</th>")
                .append(name.equals(ResultTable.AUROC) ? "<th>loss by epoch</th>" : ""));
        html.append("</tr></thead><tbody>");
        for (int row = 0; row < table.rowCount(); row++) {
            html.append("<tr>");
            for (String name : table.columnNames()) {
                html.append("<td>").append(Html.escape(Html.cell(table.column(name), row))).append("</td>");
                if (name.equals(ResultTable.AUROC)) {
                    html.append("<td>").append(runs.losses(row).map(RunsHtml::picture).orElse("")).append("</td>");
                }
            }
            html.append("</tr>");
        }
        Table settings = runs.settings();
        return html.append("</tbody></table>")
                .append(Html.folded(settings.name(), Html.table(settings, settings.rowCount()))).append("</div>")
                .append(SCRIPT.formatted(id)).toString();
    }

    /** A sanitizer takes the SVG of an image and drops that of a page. */
    private static String picture(double[] losses) {
        if (losses.length == 0) {
            return "no epoch in its history";
        }
        String svg = Runs.sparkline(losses);
        String range = String.format(Locale.ROOT, "loss from %.3f to %.3f", losses[0], losses[losses.length - 1]);
        return "<img alt=\"%s\" title=\"%1$s\" src=\"data:image/svg+xml;base64,%s\"/>"
                .formatted(range, Base64.getEncoder().encodeToString(svg.getBytes(StandardCharsets.UTF_8)));
    }
}
