package org.hscl.features;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hscl.train.History;
import org.hscl.train.Progress;
import org.hscl.train.TrainingListener;

/** Tells a listener how the heads' training goes; a tenth of a head's steps stands for an epoch. */
final class HeadLog {

    private static final int STRETCHES = 10;

    private final HeadConfig config;
    private final TrainingListener listener;
    private final int stretch;
    private final long start = System.nanoTime();
    private final List<Map<String, Float>> steps = new ArrayList<>();
    private History history = History.empty();
    private int headSteps;
    private int done;
    private long rows;

    HeadLog(HeadConfig config, TrainingListener listener) {
        this.config = config;
        this.listener = listener;
        stretch = Math.max(1, config.steps() / STRETCHES);
    }

    /**
     * A step was taken.
     *
     * @param losses its total and its terms
     * @param count rows that it read
     */
    void step(Map<String, NDArray> losses, long count) {
        Map<String, Float> values = new LinkedHashMap<>();
        losses.forEach((name, loss) -> values.put(name, loss.getFloat()));
        steps.add(values);
        rows += count;
        headSteps++;
        done++;
        double seconds = (System.nanoTime() - start) * 1e-9;
        int stretches = (config.steps() + stretch - 1) / stretch;
        int epoch = history.epochs().size() + 1;
        double left = seconds / done * (config.heads() * config.steps() - done);
        listener.onProgress(new Progress(epoch, config.heads() * stretches, steps.size(), stretch, values, config.learningRate(),
                rows / seconds, left));
        if (steps.size() == stretch || headSteps == config.steps()) {
            history = history.plus(new History.Epoch(epoch, config.learningRate(), means(), rows / seconds));
            steps.clear();
            headSteps %= config.steps();
            listener.onEpoch(history);
        }
    }

    History history() {
        return history;
    }

    private Map<String, Double> means() {
        Map<String, Double> means = new LinkedHashMap<>();
        steps.get(0).keySet().forEach(name -> means.put(name, steps.stream().mapToDouble(step -> step.get(name)).average().orElse(0)));
        return means;
    }
}
