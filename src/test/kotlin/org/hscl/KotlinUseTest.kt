package org.hscl

import java.nio.file.Path
import kotlin.jvm.optionals.getOrNull
import org.hscl.chart.Chart
import org.hscl.chart.Charts.roc
import org.hscl.chart.Galleries.strip
import org.hscl.data.DataSets
import org.hscl.data.ImageSet
import org.hscl.eval.Contamination
import org.hscl.eval.HeldOut
import org.hscl.eval.Roc
import org.hscl.eval.Threshold
import org.hscl.experiment.Experiment
import org.hscl.experiment.Grid
import org.hscl.experiment.Runner
import org.hscl.experiment.Size
import org.hscl.scenario.OneClass
import org.hscl.scenario.SampleState
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir

/**
 * The library as Kotlin sees it: records are properties, functional parameters come last, nothing is nullable without saying so.
 * Warnings are errors in this file, and names that Kotlin reserves would need quotes here.
 */
class KotlinUseTest {
    private val size = Size.SMOKE
    private val threes = OneClass.defaults().withNormal("3").withLabeledRatio(0.10).withPollutionRatio(0.10)

    @Test
    fun `a detector is trained, asked and kept`(@TempDir folder: Path) {
        val split = size.cell(threes).split(DataSets.digits())
        val epochs = sortedSetOf<Int>()
        val detector = Hscl.fit(split, size.config()) { epochs += it.epoch }
        val scores = detector.use {
            detector.save(folder.resolve("threes"))
            assertNull(detector.threshold().mixture.getOrNull())
            detector.score(split.test)
        }
        assertEquals(setOf(1), epochs)
        assertEquals(split.test.labels.size, scores.size)

        val curve: Chart = roc(Roc.of(scores, split.testAbnormal))
        assertTrue(curve.numbers().rowCount() > 1)
        val again = Hscl.load(folder.resolve("threes")).use { it.score(split.test) }
        assertTrue(scores.contentEquals(again))
    }

    @Test
    fun `decisions, dirt and suggestions are asked for as in Java`() {
        val split = size.cell(threes).split(DataSets.digits())
        Hscl.fit(split, size.config()).use { detector ->
            val scores = detector.score(split.test)
            val known = HeldOut.of(scores, split.testAbnormal)
            val decision = known.decided(Threshold.named("review=5:100", detector.trainingScores()))
            assertEquals(known.abnormal.size, decision.anomalies)
            assertTrue(decision.foundShare().low <= decision.found.toDouble() / decision.anomalies, decision.words())
            val dirt = Contamination.of(scores, known)
            assertTrue(dirt.share in dirt.interval.low..dirt.interval.high, dirt.words())
            assertEquals(4, detector.suggest(split.test, 4).toSet().size)
        }
    }

    @Test
    fun `what a caller decides is a lambda at the end`(@TempDir folder: Path) {
        val experiment = Experiment.of("digits", size.cell(threes), size.config()).withConfig { it.withPrototypes(2) }
        val grid = Grid.of(experiment).over(listOf(1L, 2L)) { each, seed -> each.withSeed(seed) }
        val results = Runner.at(folder).withData { DataSets.named(it) }.execute(grid).results
        assertEquals(listOf(1L, 2L), results.map { it.experiment.config.seed })

        val test: ImageSet = DataSets.digits().test
        val pictures = strip("Two digits", test, intArrayOf(0, 1)) { row -> test.classNames[test.labels[row]] }
        assertEquals(2, pictures.rows.single().tiles.size)
    }

    @Test
    fun `an enumeration is exhausted without an else`() {
        val hidden = SampleState.entries.filter {
            when (it) {
                SampleState.UNLABELED_ABNORMAL -> true
                SampleState.UNLABELED_NORMAL, SampleState.LABELED_NORMAL, SampleState.LABELED_ABNORMAL -> false
            }
        }
        assertEquals(listOf(SampleState.UNLABELED_ABNORMAL), hidden)
    }
}
