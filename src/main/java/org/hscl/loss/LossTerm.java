package org.hscl.loss;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIncludeProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One term of the total loss. Progress lines, histories, CSV files, checkpoints and charts show each by its name.
 *
 * <pre>{@code
 * LossTerm tight = new LossTerm("norm", 0.01, "mean ‖z‖²",
 *         batch -> Optional.of(batch.projection().square().sum(new int[] {1}).mean()));
 * HsclConfig config = HsclConfig.small().withLoss(LossConfig.defaults().plus(tight));
 * }</pre>
 *
 * <p>A file keeps name, weight and equation, not the formula: two terms are equal where these three are, and one that was read
 * from a file cannot be computed.
 *
 * @param name in words and columns, such as {@code sample-to-sample}
 * @param weight λ, at least 0
 * @param equation what it computes and where that comes from, such as {@code Eq. 1–2}
 * @param formula computes it, not yet times λ
 */
@JsonIncludeProperties({"name", "weight", "equation"})
public record LossTerm(String name, double weight, String equation, Formula formula) {

    /** The name of what is minimized, the weighted sum of all terms. */
    public static final String TOTAL = "total";

    private static final Pattern RELATION = Pattern.compile("(.).*-to-(.).*");

    /** Computes a term of one batch. */
    @FunctionalInterface
    public interface Formula {

        /**
         * The value.
         *
         * @return a scalar; empty where the batch has none of the rows that the term learns from, which counts as 0
         */
        Optional<NDArray> of(LossInput batch);

        /**
         * How many uniform draws it takes of a batch at most.
         *
         * @param images B
         */
        default int uniforms(int images) {
            return 0;
        }
    }

    /** Checks name and weight. */
    public LossTerm {
        if (name.isBlank() || name.contains(",") || name.equals(TOTAL)) {
            throw new IllegalArgumentException(
                    "a loss term is named '%s'; give a name of its own, without commas".formatted(name));
        }
        checkWeight("weight λ of " + name, weight);
    }

    @JsonCreator
    static LossTerm remembered(
            @JsonProperty("name") String name, @JsonProperty("weight") double weight, @JsonProperty("equation") String equation) {
        return new LossTerm(name, weight, equation, batch -> {
            throw new IllegalStateException("the file tells the name of the loss term '%s', not how it is computed; give the term again"
                    .formatted(name));
        });
    }

    /** The same where it is wanted; else one that stays 0. */
    LossTerm on(boolean wanted) {
        return wanted ? this : new LossTerm(name, weight, equation, batch -> Optional.empty());
    }

    /** The paper's short form of a relation, {@code S-P} for {@code sample-to-prototype}; other names stay as they are. */
    public static String symbol(String name) {
        var relation = RELATION.matcher(name);
        return relation.matches() ? (relation.group(1) + "-" + relation.group(2)).toUpperCase(java.util.Locale.ROOT) : name;
    }

    static void checkWeight(String name, double weight) {
        if (!(weight >= 0) || Double.isInfinite(weight)) {
            throw new IllegalArgumentException(name + " is " + weight + "; give a value of at least 0 (paper: 1)");
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LossTerm term
                && name.equals(term.name)
                && weight == term.weight
                && equation.equals(term.equation);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }
}
