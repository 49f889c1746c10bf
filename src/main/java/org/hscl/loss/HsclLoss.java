package org.hscl.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hscl.augment.Augmenter;
import org.hscl.engine.Scalar;
import org.hscl.loss.LossConfig.LossRows;
import org.hscl.model.Encoder;
import org.hscl.scenario.Label;

/**
 * The total, Eq. 8: L = L_SS + L_shift + λ₁ L_SP + λ₂ L_NA, and whatever terms are added: a weighted sum over a list.
 *
 * @param config which terms, in which form
 * @param terms what is summed, in this order
 */
public record HsclLoss(LossConfig config, List<LossTerm> terms) {

    /** Copies the list. */
    public HsclLoss {
        terms = List.copyOf(terms);
    }

    /** The terms of the paper, those that are off as 0, then the added ones. A new term of the library is a line here. */
    public HsclLoss(LossConfig config) {
        this(config, Stream.concat(
                        Stream.of(
                                SampleToSample.term(config),
                                ShiftClassification.term(config),
                                SampleToPrototype.term(config),
                                NormalToAbnormal.term(config)),
                        config.added().stream())
                .toList());
    }

    /**
     * The loss of one batch. A term that is off, or that has no rows in this batch, is 0.
     *
     * @param total what is minimized, a scalar
     * @param terms each by its name, not yet times λ, scalars
     */
    public record Values(NDArray total, Map<String, NDArray> terms) {

        /** One of the terms. */
        public NDArray get(String name) {
            return terms.get(name);
        }

        /** All values without gradient, in the order of {@link HsclLoss#names()}, (1 + terms). */
        public NDArray detached() {
            NDList all = new NDList(total);
            all.addAll(terms.values());
            return NDArrays.stack(all).stopGradient();
        }
    }

    /** The names of the values: the total, then the terms. */
    public List<String> names() {
        return Stream.concat(Stream.of(LossTerm.TOTAL), terms.stream().map(LossTerm::name)).toList();
    }

    /**
     * How many uniform draws the sampler of a batch needs at most.
     *
     * @param images B
     */
    public int uniforms(int images) {
        return terms.stream().mapToInt(term -> term.formula().uniforms(images)).sum();
    }

    /**
     * Computes the loss.
     *
     * @param output of the encoder for the 8B rows of {@link Augmenter#twoViews}
     * @param prototypes (D, K), not normalized
     * @param labels what training may know of each image, (B)
     * @param sampler draws for the normal-to-abnormal relation
     * @throws IllegalArgumentException if the rows are not eight an image
     */
    public Values of(Encoder.Output output, NDArray prototypes, Label[] labels, RowSampler sampler) {
        if (labels.length * (long) config.rows().ofImage() != output.projection().getShape().get(0)) {
            throw new IllegalArgumentException("%d labels for %d rows; a batch has %s rows an image"
                    .formatted(labels.length, output.projection().getShape().get(0), rowsOfImage()));
        }
        BatchRows rows = BatchRows.of(labels, config.rows());
        return of(output, prototypes, rows.send(output.projection().getManager()), sampler);
    }

    /**
     * The same with the rows on the device already.
     *
     * @param output of the encoder for the 8B rows of {@link Augmenter#twoViews}
     * @param prototypes (D, K), not normalized
     * @param rows numbers below 8B
     * @param sampler has at least {@link #uniforms} draws
     * @throws IllegalArgumentException if the rows are not eight an image, or, on a CPU, not finite
     */
    public Values of(Encoder.Output output, NDArray prototypes, BatchRows.OnDevice rows, RowSampler sampler) {
        NDArray z = output.projection(); // (8B, D)
        Rows.checkMatrix("the projection", z);
        if (z.getShape().get(0) % config.rows().ofImage() != 0) {
            throw new IllegalArgumentException("%d rows; a batch has %s rows an image".formatted(z.getShape().get(0), rowsOfImage()));
        }
        LossInput batch = new LossInput(output, prototypes, rows, sampler, config);
        // A zero that reaches every head, so that each weight has a gradient even where its term is off.
        NDArray zero = Rows.zero(z).add(Rows.zero(batch.prototypes())).add(Rows.zero(output.shift()));
        NDArray total = zero;
        Map<String, NDArray> values = new LinkedHashMap<>();
        for (LossTerm term : terms) {
            NDArray value = term.formula().of(batch).orElse(zero);
            total = total.add(term.weight() == 1 ? value : Scalar.times(value, term.weight()));
            values.put(term.name(), value);
        }
        return new Values(total, values);
    }

    private String rowsOfImage() {
        return config.rows() == LossRows.NEVER_ROTATED ? "two" : "eight";
    }
}
