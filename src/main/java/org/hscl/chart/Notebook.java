package org.hscl.chart;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.hscl.data.DataException.MissingDataException;
import org.hscl.data.DataSets;
import org.hscl.data.TrainTest;
import org.hscl.kernel.NotebookDisplay;
import org.hscl.train.ConsoleProgress;
import org.hscl.train.TrainingListener;
import tech.tablesaw.api.Table;
import tech.tablesaw.plotly.components.Figure;

/**
 * Shows figures, tables and pictures under the running cell, each with one call. Nothing is fetched from a network: the plot
 * script comes from the class path and is written into the notebook once, by {@link #begin()} in the set-up cell.
 *
 * <p>Outside of a notebook the numbers are printed as text.
 */
public final class Notebook {

    /** Rows of a table that is shown on its own. */
    static final int ROWS = 60;

    /** Whether this process has written the plot script into its notebook. A process serves one notebook. */
    private static final AtomicBoolean BEGUN = new AtomicBoolean();

    /** Numbers the figures of this process: with a hash of the content, an id that the next run of a notebook gives again. */
    private static final AtomicInteger SHOWN = new AtomicInteger();

    private Notebook() {}

    /**
     * Writes the plot script into the notebook, for all figures of the page. Every call does so, since running a cell again
     * drops what it wrote before; so it belongs into the set-up cell. Without it the first figure brings the script along. From
     * then on tables, figures, pictures, arrays, collections and records that are a cell's last expression are shown as such.
     */
    public static void begin() {
        if (NotebookDisplay.available()) {
            NotebookDisplay.html(FigureHtml.plotScript());
            BEGUN.set(true);
            Values.register();
        }
    }

    /** Before a figure that later updates may replace, script and all. */
    static void beginOnce() {
        if (!BEGUN.get()) {
            begin();
        }
    }

    /** Shows a figure: interactive where scripts run, else as a still picture with its numbers. */
    public static void show(Figure figure) {
        if (NotebookDisplay.available()) {
            beginOnce();
            NotebookDisplay.html(html(figure));
        } else {
            System.out.println(figure instanceof Chart chart ? chart.numbers().printAll() : figure.getLayout().getTitle());
        }
    }

    /** Shows a table, of long ones the beginning. */
    public static void show(Table table) {
        if (NotebookDisplay.available()) {
            NotebookDisplay.html(html(table));
        } else {
            System.out.println(table.print(ROWS));
        }
    }

    /** Shows pictures. */
    public static void show(Pictures pictures) {
        if (NotebookDisplay.available()) {
            NotebookDisplay.html(html(pictures));
        } else {
            System.out.println(pictures);
        }
    }

    /** Shows stored runs, to be sorted, filtered and compared on the page. */
    public static void show(Runs runs) {
        if (NotebookDisplay.available()) {
            NotebookDisplay.html(html(runs));
        } else {
            System.out.println(runs.table().printAll());
        }
    }

    /** A section about a data set; where its files are absent, one sentence says how to get them. */
    public static void section(String dataSet, Consumer<TrainTest> body) {
        try {
            body.accept(DataSets.named(dataSet));
        } catch (MissingDataException e) {
            System.out.println("Skipped. " + e.getMessage().replace(System.getProperty("user.home"), "~"));
        }
    }

    /** Shows a training while it runs: the loss curves, drawn anew after each epoch, and a line of progress. */
    public static TrainingListener live() {
        return TrainingListener.all(new LiveLosses(), ConsoleProgress.live());
    }

    /** A figure as HTML, for kernels that render results themselves; with the plot script if none was written yet. */
    public static String html(Figure figure) {
        String script = BEGUN.getAndSet(true) ? "" : FigureHtml.plotScript();
        String id = String.format(Locale.ROOT, "figure%dx%x", SHOWN.incrementAndGet(), figure.asJavascript("").hashCode());
        return script + FigureHtml.of(figure, id);
    }

    /** Pictures as HTML, for kernels that render results themselves. */
    public static String html(Pictures pictures) {
        return pictures.html();
    }

    /** A table as HTML, of long ones the beginning, for kernels that render results themselves. */
    public static String html(Table table) {
        return "<p><b>" + Html.name(table) + "</b></p>" + Html.table(table, ROWS);
    }

    /** Stored runs as HTML, for kernels that render results themselves. */
    public static String html(Runs runs) {
        return RunsHtml.of(runs, "runs" + SHOWN.incrementAndGet());
    }
}
