package org.hscl.chart;

import java.util.Map;
import java.util.function.Function;
import kotlin.Unit;
import kotlin.jvm.JvmClassMappingKt;
import org.hscl.kernel.NotebookDisplay;
import org.jetbrains.kotlinx.jupyter.api.FieldValue;
import org.jetbrains.kotlinx.jupyter.api.KotlinKernelHost;
import org.jetbrains.kotlinx.jupyter.api.MimeTypedResult;
import org.jetbrains.kotlinx.jupyter.api.ResultHandlerExecution;
import org.jetbrains.kotlinx.jupyter.api.ResultsKt;
import org.jetbrains.kotlinx.jupyter.api.SubtypeRendererTypeHandler;
import org.jetbrains.kotlinx.jupyter.api.libraries.ExecutionHost;
import org.jetbrains.kotlinx.jupyter.api.libraries.JupyterIntegration;
import tech.tablesaw.api.Table;
import tech.tablesaw.plotly.components.Figure;

/**
 * What the Kotlin kernel does as soon as the library is on its class path: it imports what notebooks use, and shows a figure,
 * pictures or a table that is the value of a cell. {@code META-INF/kotlin-jupyter-libraries/libraries.json} names this class;
 * nothing else loads it, so Kotlin is needed to compile it but never to run the library.
 */
public final class KotlinNotebook extends JupyterIntegration {

    private static final String IMPORTS = """
            import org.hscl.Hscl
            import org.hscl.chart.Charts.*
            import org.hscl.chart.Galleries.*
            import org.hscl.chart.Notebook.*
            import org.hscl.chart.Report
            import org.hscl.chart.Runs
            import org.hscl.chart.Sliders.*
            import org.hscl.data.*
            import org.hscl.detect.*
            import org.hscl.eval.*
            import org.hscl.experiment.*
            import org.hscl.features.*
            import org.hscl.loss.LossTerms
            import org.hscl.scenario.*
            import org.hscl.train.*
            import tech.tablesaw.api.Table
            """;

    @Override
    public void onLoaded(Builder integration) {
        renders(integration, Figure.class, Notebook::html);
        renders(integration, Pictures.class, Notebook::html);
        renders(integration, Table.class, Notebook::html);
        renders(integration, Runs.class, Notebook::html);
        integration.onLoaded(kernel -> {
            kernel.execute(IMPORTS);
            NotebookDisplay.use(outlet(kernel));
            Notebook.begin(); // the kernel loads this after its first cell: too late for a call in that cell
            return Unit.INSTANCE;
        });
    }

    private static <T> void renders(Builder integration, Class<T> type, Function<T, String> html) {
        ResultHandlerExecution execution = new ResultHandlerExecution() {
            @Override
            public FieldValue execute(ExecutionHost kernel, FieldValue result) {
                return new FieldValue(page(html.apply(type.cast(result.getValue()))), null);
            }

            @Override
            public ResultHandlerExecution replaceVariables(Map<String, String> names) {
                return this;
            }
        };
        integration.addRenderer(new SubtypeRendererTypeHandler(JvmClassMappingKt.getKotlinClass(type), execution));
    }

    private static NotebookDisplay.Outlet outlet(KotlinKernelHost kernel) {
        return new NotebookDisplay.Outlet() {
            @Override
            public void show(String html, String id) {
                kernel.display(page(html), id);
            }

            @Override
            public void update(String html, String id) {
                kernel.updateDisplay(page(html), id);
            }
        };
    }

    private static MimeTypedResult page(String html) {
        return ResultsKt.HTML(html, false);
    }
}
