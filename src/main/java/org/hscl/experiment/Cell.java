package org.hscl.experiment;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.function.Function;
import org.hscl.data.TrainTest;
import org.hscl.scenario.OneClass;
import org.hscl.scenario.Split;

/** A cell of a scenario's table: what makes a split of a data set. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "scenario")
@JsonSubTypes(@JsonSubTypes.Type(value = Cell.OfOneClass.class, name = "one-class"))
public sealed interface Cell {

    /**
     * Makes the split.
     *
     * @param dataSet the name of the normal images' data set
     * @param data finds data sets by name
     */
    Split split(String dataSet, Function<String, TrainTest> data);

    /** The same cell drawn with another seed. */
    Cell withSeed(long seed);

    /** What the cell is, in a few words. */
    String label();

    /**
     * Scenarios 1 and 2.
     *
     * @param settings which class is normal, what is labeled, what contaminates
     */
    record OfOneClass(OneClass settings) implements Cell {

        @Override
        public Split split(String dataSet, Function<String, TrainTest> data) {
            return settings.split(data.apply(dataSet));
        }

        @Override
        public Cell withSeed(long seed) {
            return new OfOneClass(settings.withSeed(seed));
        }

        @Override
        public String label() {
            String anomalies = settings.labeledAnomalies().isEmpty()
                    ? ""
                    : ", labeled anomalies " + String.join(" + ", settings.labeledAnomalies());
            return "normal %s, γ_l %s, γ_p %s%s".formatted(String.join(" + ", settings.normal()),
                    settings.labeledNormalRatio(), settings.pollutionRatio(), anomalies);
        }
    }
}
