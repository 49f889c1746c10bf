package org.hscl.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.Optional;

/**
 * Collects the losses of steps on the device and reads them together: the only place where a step's values come back to the
 * host, which then waits for the device.
 */
final class Readout implements AutoCloseable {

    private final NDManager manager;
    private final TrainingState state;
    private final NDList pending = new NDList();

    Readout(NDManager parent, TrainingState state) {
        manager = parent.newSubManager();
        this.state = state;
    }

    /** A loss that is no number. */
    record NotFinite(int step, String term, float value) {}

    /** Keeps the losses of a step, the total and its terms, (1 + terms). */
    void add(NDArray losses) {
        losses.attach(manager);
        pending.add(losses);
    }

    /** Moves what was collected to the state; says which value is the first that is not finite. */
    Optional<NotFinite> read() {
        if (pending.isEmpty()) {
            return Optional.empty();
        }
        int columns = state.loss.names().size();
        float[] values;
        try (NDArray stacked = NDArrays.stack(pending)) { // (steps, 1 + terms)
            values = stacked.toFloatArray();
        }
        int firstStep = state.step - pending.size();
        Optional<NotFinite> bad = Optional.empty();
        for (int i = 0; i < pending.size(); i++) {
            float[] losses = Arrays.copyOfRange(values, i * columns, (i + 1) * columns);
            state.epochLosses.add(losses);
            bad = bad.isPresent() ? bad : first(losses, firstStep + i);
        }
        pending.forEach(NDArray::close);
        pending.clear();
        return bad;
    }

    private Optional<NotFinite> first(float[] losses, int step) {
        for (int term = losses.length - 1; term >= 0; term--) { // the terms before their total
            if (!Float.isFinite(losses[term])) {
                return Optional.of(new NotFinite(step, state.loss.names().get(term), losses[term]));
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        manager.close();
    }
}
