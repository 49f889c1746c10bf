package org.hscl.scenario;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.hscl.data.ImageSet;
import org.hscl.data.TrainTest;
import org.hscl.engine.SeededRandom;

/**
 * Scenario 3 of the paper (section 4.1): all training images of one data set are labeled normal, an outside set is labeled
 * abnormal, nothing is unlabeled. One half of the outside set trains, the other half is one of the test's anomalies.
 *
 * @param seed the seed of the halving
 * @param limit only the first so many images of each part of each set, 0 for all; paper: all
 */
public record CrossDataset(long seed, int limit) {

    /** Checks the limit. */
    public CrossDataset {
        if (limit < 0) {
            throw new IllegalArgumentException("limit is %d; give a count from 0 up".formatted(limit));
        }
    }

    /** All images, seed 1. */
    public static CrossDataset defaults() {
        return new CrossDataset(1, 0);
    }

    /** Another seed. */
    public CrossDataset withSeed(long newSeed) {
        return new CrossDataset(newSeed, limit);
    }

    /** Fewer images of each part of each set, 0 for all. */
    public CrossDataset withLimit(int images) {
        return new CrossDataset(seed, images);
    }

    /**
     * Makes the split. In training and test alike class 0 is the normal set, class 1 the outside set, and the further sets
     * follow, so that the AUROC of each abnormal class is that of one set.
     *
     * @param normal the normal set; paper: CIFAR-10
     * @param outside the set of labeled anomalies; paper: ImageNet (FIX)
     * @param unseen further test anomalies; paper: CIFAR-100's test images, SVHN's test images, LSUN (FIX)
     * @throws IllegalArgumentException if image sizes differ
     */
    public Split split(TrainTest normal, ImageSet outside, ImageSet... unseen) {
        int[] order = SeededRandom.permutation(outside.count(), SeededRandom.at(seed));
        int half = outside.count() / 2;
        ImageSet forTraining =
                outside.select(IntStream.of(order).limit(half).sorted().toArray());
        ImageSet forTest =
                outside.select(IntStream.of(order).skip(half).sorted().toArray());

        List<ImageSet> trainSets = limited(normal.train(), forTraining);
        List<ImageSet> testSets = limited(normal.test(), forTest);
        testSets.addAll(limited(unseen));
        List<String> classes = new ArrayList<>(List.of(normal.name(), outside.name()));
        Arrays.stream(unseen).forEach(set -> classes.add(set.name()));

        ImageSet train = ImageSet.pooled(normal.name() + " and " + outside.name(), trainSets, classes, 0, 1);
        ImageSet test = ImageSet.pooled(
                normal.name() + " against others",
                testSets,
                classes,
                IntStream.range(0, classes.size()).toArray());
        List<SampleState> states =
                new ArrayList<>(Collections.nCopies(trainSets.get(0).count(), SampleState.LABELED_NORMAL));
        states.addAll(Collections.nCopies(trainSets.get(1).count(), SampleState.LABELED_ABNORMAL));
        boolean[] abnormal = new boolean[test.count()];
        Arrays.fill(abnormal, testSets.get(0).count(), abnormal.length, true);
        String name = "%s: all normal, %s labeled anomalies".formatted(normal.name(), outside.name());
        return new Split(name, train, states, test, abnormal, Split.notes(train, test));
    }

    private List<ImageSet> limited(ImageSet... sets) {
        return new ArrayList<>(Arrays.stream(sets)
                .map(set -> limit == 0 ? set : set.first(limit))
                .toList());
    }
}
