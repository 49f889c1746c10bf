package org.hscl.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ContaminationTest {

    private static final double[] SHARES = {0, 0.05, 0.1, 0.2, 0.3};

    private static double[] gaussians(int count, double mean, SplittableRandom random) {
        return IntStream.range(0, count).mapToDouble(i -> mean + random.nextGaussian()).toArray();
    }

    private static double[] pile(double share, double apart, SplittableRandom random) {
        int dirt = (int) Math.round(share * 200);
        return DoubleStream.concat(DoubleStream.of(gaussians(dirt, -apart, random)), DoubleStream.of(gaussians(200 - dirt, 0, random))).toArray();
    }

    @Test
    void theIntervalHoldsTheTrueShareInMostPiles() {
        int held = 0;
        double width = 0;
        for (int run = 0; run < 50; run++) {
            SplittableRandom random = new SplittableRandom(run);
            double share = SHARES[run % SHARES.length];
            Contamination found = Contamination.of(pile(share, 2, random), new HeldOut(gaussians(40, 0, random), gaussians(40, -2, random)));
            held += found.interval().covers(share) ? 1 : 0;
            width += found.interval().high() - found.interval().low();
        }
        assertTrue(held >= 42, held + " of 50");
        assertTrue(width / 50 < 0.25, width / 50 + " wide");
    }

    @Test
    void whatManyLabelsTellIsCloseToTheTruthAndUntouchedByTheScaleOfTheScores() {
        SplittableRandom random = new SplittableRandom(1);
        double[] pile = pile(0.2, 3, random);
        HeldOut known = new HeldOut(gaussians(200, 0, random), gaussians(200, -3, random));
        Contamination found = Contamination.of(pile, known);
        assertEquals(0.2, found.share(), 0.04);
        assertTrue(found.isKnown());
        Contamination bent = Contamination.of(bend(pile), new HeldOut(bend(known.normal()), bend(known.abnormal())));
        assertEquals(found, bent);
        assertTrue(found.words().startsWith("Of the 200 pictures without a label about "), found.words());
    }

    private static double[] bend(double[] scores) {
        return DoubleStream.of(scores).map(score -> Math.exp(score / 2)).toArray();
    }

    @Test
    void whereLabelsDoNotTellItSaysThatItCannotBeKnown() {
        SplittableRandom random = new SplittableRandom(2);
        Contamination found = Contamination.of(pile(0.2, 0.3, random), new HeldOut(gaussians(10, 0, random), gaussians(10, -0.3, random)));
        assertFalse(found.isKnown());
        assertTrue(found.words().contains("cannot be known from 10 normal pictures and 10 anomalies"), found.words());
        assertEquals("19 pictures are too few to say how dirty they are; give at least 20", assertThrows(IllegalArgumentException.class,
                () -> Contamination.of(new double[19], new HeldOut(new double[5], new double[5]))).getMessage());
    }
}
