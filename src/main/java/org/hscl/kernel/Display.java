package org.hscl.kernel;

import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import java.util.UUID;

/** What a cell can call without an import, under the names that IJava gives them. */
public final class Display {
    private Display() {
    }

    /** Renders {@code value} in its default formats; as the last expression of a cell, it is the cell's output. */
    public static DisplayData render(Object value) {
        return JavaKernel.current().getRenderer().render(value);
    }

    /** Renders {@code value} in the given formats, such as {@code text/html}. */
    public static DisplayData render(Object value, String... formats) {
        return JavaKernel.current().getRenderer().renderAs(value, formats);
    }

    /** Shows {@code value} now; returns an id for {@link #updateDisplay(String, Object)}. */
    public static String display(Object value) {
        return show(render(value));
    }

    /** Shows {@code value} now in the given formats, such as {@code text/html}; returns an id as above. */
    public static String display(Object value, String... formats) {
        return show(render(value, formats));
    }

    /** Replaces what {@code display} showed under {@code id}, in place. */
    public static void updateDisplay(String id, Object value) {
        JavaKernel.current().update(id, render(value));
    }

    /** Replaces what {@code display} showed under {@code id}, in place, in the given formats. */
    public static void updateDisplay(String id, Object value, String... formats) {
        JavaKernel.current().update(id, render(value, formats));
    }

    private static String show(DisplayData data) {
        if (data.getDisplayId() == null) {
            data.setDisplayId(UUID.randomUUID().toString());
        }
        JavaKernel.current().display(data);
        return data.getDisplayId();
    }
}
