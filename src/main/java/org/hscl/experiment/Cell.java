package org.hscl.experiment;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.function.Function;
import org.hscl.data.DataSets;
import org.hscl.data.ImageSet;
import org.hscl.data.TrainTest;
import org.hscl.scenario.CrossDataset;
import org.hscl.scenario.OneClass;
import org.hscl.scenario.Split;

/** A cell of a scenario's table: what makes a split of a data set. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "scenario")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Cell.OfOneClass.class, name = "one-class"),
    @JsonSubTypes.Type(value = Cell.OfCrossDataset.class, name = "cross-dataset")
})
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

    /**
     * What the cell is, in a few words.
     *
     * @param dataSet which names the classes that are given as numbers
     */
    String label(String dataSet);

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
        public String label(String dataSet) {
            String anomalies = settings.labeledAnomalies().isEmpty()
                    ? ""
                    : ", labeled anomalies " + DataSets.classNames(dataSet, settings.labeledAnomalies());
            return "normal %s, γ_l %s, γ_p %s%s".formatted(DataSets.classNames(dataSet, settings.normal()),
                    settings.ratios().labeledNormal(), settings.ratios().pollution(), anomalies);
        }
    }

    /**
     * Scenario 3: the data set against ImageNet (FIX), and against sets that are unseen at training.
     *
     * @param settings how many images
     */
    record OfCrossDataset(CrossDataset settings) implements Cell {

        @Override
        public Split split(String dataSet, Function<String, TrainTest> data) {
            return settings.split(data.apply(dataSet), DataSets.imageNet(), test(data.apply("cifar100")),
                    test(data.apply("svhn")), data.apply("lsun").whole());
        }

        /** The test images under the name of the whole set, which becomes that of a column. */
        private static ImageSet test(TrainTest set) {
            return set.test().withName(set.name());
        }

        @Override
        public Cell withSeed(long seed) {
            return new OfCrossDataset(settings.withSeed(seed));
        }

        @Override
        public String label(String dataSet) {
            return "all normal, labeled anomalies ImageNet (FIX)";
        }
    }
}
