package org.hscl.chart;

import org.hscl.kernel.NotebookDisplay;
import org.hscl.train.History;
import org.hscl.train.Progress;
import org.hscl.train.TrainingListener;
import org.jspecify.annotations.Nullable;

/** The loss curves while they grow: one display that each epoch replaces. */
final class LiveLosses implements TrainingListener {

    private final TrainingListener next;
    private @Nullable String display;

    LiveLosses(TrainingListener next) {
        this.next = next;
    }

    @Override
    public void onProgress(Progress progress) {
        next.onProgress(progress);
    }

    @Override
    public void onEpoch(History history) {
        next.onEpoch(history);
        if (!NotebookDisplay.available()) {
            return;
        }
        Notebook.beginOnce();
        String html = Notebook.html(Charts.losses(history));
        if (display == null) {
            display = NotebookDisplay.html(html);
        } else {
            NotebookDisplay.update(display, html);
        }
    }

    @Override
    public void onMessage(String sentence) {
        next.onMessage(sentence);
    }
}
