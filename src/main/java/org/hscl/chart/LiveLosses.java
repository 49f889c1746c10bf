package org.hscl.chart;

import org.hscl.kernel.NotebookDisplay;
import org.hscl.train.History;
import org.hscl.train.Progress;
import org.hscl.train.TrainingListener;
import org.jspecify.annotations.Nullable;

/**
 * The loss curves while they grow: one display that each epoch replaces. It takes its place at the first word of the training,
 * so that lines of progress stay together below it.
 */
final class LiveLosses implements TrainingListener {

    private @Nullable String display;

    @Override
    public void onMessage(String sentence) {
        display();
    }

    @Override
    public void onProgress(Progress progress) {
        display();
    }

    @Override
    public void onEpoch(History history) {
        String id = display();
        if (id != null) {
            NotebookDisplay.update(id, Notebook.html(Charts.losses(history)));
        }
    }

    private @Nullable String display() {
        if (display == null && NotebookDisplay.available()) {
            Notebook.beginOnce();
            display = NotebookDisplay.html("<p>The loss curves appear after the first epoch.</p>");
        }
        return display;
    }
}
