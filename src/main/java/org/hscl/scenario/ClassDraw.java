package org.hscl.scenario;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hscl.data.ImageSet;
import org.hscl.data.TrainTest;
import org.hscl.engine.SeededRandom;
import org.jspecify.annotations.Nullable;

/** One draw of a {@link OneClass} split: gives each training image its state, at most once. */
final class ClassDraw {

    private final OneClass settings;
    private final TrainTest data;
    private final ImageSet train;
    /** The state of each training image, null for one that stays out, (N). */
    private final @Nullable SampleState[] states;

    ClassDraw(OneClass settings, TrainTest data) {
        this.settings = settings;
        this.data = data;
        train = data.train();
        states = new SampleState[train.count()];
    }

    Split split() {
        Collection<Integer> normal = classes(settings.normal());
        Collection<Integer> abnormal = new TreeSet<>(
                IntStream.range(0, data.classNames().size()).boxed().toList());
        abnormal.removeAll(normal);
        Collection<Integer> labeled =
                settings.labeledAnomalies().isEmpty() ? abnormal : classes(settings.labeledAnomalies());
        if (!abnormal.containsAll(labeled)) {
            throw new IllegalArgumentException("labeledAnomalies %s and normal %s overlap; choose other classes"
                    .formatted(settings.labeledAnomalies(), settings.normal()));
        }
        int normals = normal.stream().mapToInt(c -> rowsOf(c).length).sum();
        CountingRule.Counts counts =
                settings.draw().rule().counts(normals, labeled.size(), abnormal.size(), settings.ratios());
        take(counts.labeledNormal(), normal, SampleState.LABELED_NORMAL);
        take(counts.unlabeledNormal(), normal, SampleState.UNLABELED_NORMAL);
        take(counts.labeledAbnormal(), labeled, SampleState.LABELED_ABNORMAL);
        take(counts.pollution(), abnormal, SampleState.UNLABELED_ABNORMAL);

        int[] rows =
                IntStream.range(0, states.length).filter(i -> states[i] != null).toArray();
        List<SampleState> chosen = Arrays.stream(rows).mapToObj(i -> states[i]).toList();
        ImageSet test = settings.testLimit() == 0 ? data.test() : data.test().first(settings.testLimit());
        boolean[] abnormalTest = new boolean[test.count()];
        IntStream.range(0, test.count()).forEach(i -> abnormalTest[i] = !normal.contains(test.labels()[i]));
        ImageSet kept = train.select(rows);
        return new Split(name(), kept, chosen, test, abnormalTest, Split.notes(kept, test));
    }

    private String name() {
        Ratios ratios = settings.ratios();
        String from = joined(settings.labeledAnomalies());
        return "%s: normal %s, γ_l %s, γ_p %s%s"
                .formatted(
                        data.name(),
                        joined(settings.normal()),
                        ratios.labeledNormal(),
                        ratios.pollution(),
                        from.isEmpty() ? "" : ", labeled anomalies " + from);
    }

    /** As names, also where numbers were given. */
    private String joined(List<String> classes) {
        return classes.stream()
                .map(given -> given.matches("\\d+") ? data.classNames().get(train.classIndex(given)) : given)
                .collect(Collectors.joining(" + "));
    }

    /** The numbers of classes that are named, or whose group is; a number means a class. */
    private Collection<Integer> classes(List<String> names) {
        Collection<Integer> numbers = new TreeSet<>();
        for (String name : names) {
            for (String member : data.members(name)) {
                numbers.add(train.classIndex(member));
            }
        }
        return numbers;
    }

    /** The training images of a class that this run keeps, in file order. */
    private int[] rowsOf(int label) {
        int[] rows = train.rowsOf(label);
        int limit = settings.perClass() == 0 ? rows.length : settings.perClass();
        return Arrays.copyOf(rows, Math.min(limit, rows.length));
    }

    /**
     * Gives a state to images that have none, spread evenly over the classes: one of each class in turn. A class that runs
     * out leaves its share to the others.
     */
    private void take(int count, Collection<Integer> classes, SampleState state) {
        List<int[]> queues = new ArrayList<>();
        for (int label : classes) {
            int[] free =
                    Arrays.stream(rowsOf(label)).filter(i -> states[i] == null).toArray();
            queues.add(ordered(free, state.ordinal(), label));
        }
        int available = queues.stream().mapToInt(queue -> queue.length).sum();
        if (available < count) {
            throw new IllegalArgumentException(
                    "%s: the ratios call for %d images as %s, but there are %d; lower a ratio or raise perClass"
                            .formatted(name(), count, state.title(), available));
        }
        int[] turns = ordered(IntStream.range(0, queues.size()).toArray(), state.ordinal(), -1);
        for (int round = 0, left = count; left > 0; round++) {
            for (int i = 0; i < turns.length && left > 0; i++) {
                int[] queue = queues.get(turns[i]);
                if (round < queue.length) {
                    states[queue[round]] = state;
                    left--;
                }
            }
        }
    }

    /**
     * The pollution's place (seed, 1, class) is also that of the shuffle of an epoch of that number. Moving either would give
     * other splits, or other batches, than the results and checkpoints that are kept, for no more than a link between two orders
     * of different images.
     */
    private int[] ordered(int[] rows, long... purpose) {
        if (settings.draw().order() == DrawOrder.FILE) {
            return rows;
        }
        int[] order = SeededRandom.permutation(
                rows.length, SeededRandom.at(settings.draw().seed(), purpose));
        return Arrays.stream(order).map(i -> rows[i]).toArray();
    }
}
