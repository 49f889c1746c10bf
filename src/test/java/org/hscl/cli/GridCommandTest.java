package org.hscl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.hscl.data.DataSets;
import org.hscl.experiment.Grid;
import org.hscl.experiment.Runner;
import org.hscl.experiment.Size;
import org.hscl.scenario.OneClass;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GridCommandTest {

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }

    /** Methods that need no training, so that the test is about the command. */
    private void fillFolder() {
        Grid grid = Grid.of(Size.SMOKE.experiment("digits", OneClass.defaults()))
                .methods("KDE", "Isolation forest")
                .normals(0, 1);
        assertEquals(List.of(), Runner.at(folder).withDevice("cpu").withData(DataSets::named).execute(grid).problems());
    }

    @Test
    void aPresetIsListedWithoutRunningIt() {
        assertEquals(0, run("grid", "scenario1-full", "--out", folder.toString(), "--list"));
        assertEquals(270, out.toString().lines().count());
    }

    @Test
    void methodsDataSetsClassesAndSeedsTakeThePlaceOfThePresets() {
        assertEquals(0, run("grid", "baselines", "--out", folder.toString(), "--size", "smoke", "--methods", "KDE,elsa+",
                "--data", "digits", "--normal", "3,4", "--seeds", "1,2", "--list"));
        List<String> lines = out.toString().lines().toList();
        assertEquals(8, lines.size(), out.toString());
        assertTrue(lines.stream().allMatch(line -> line.contains("digits") && (line.contains("KDE") || line.contains("Elsa+"))));
        assertEquals(0, run("grid", "baselines", "--out", folder.toString(), "--size", "smoke", "--methods", "KDE",
                "--data", "digits", "--normal", "3"), err::toString);
        assertEquals(1, out.toString().lines().count());
        assertEquals(2, run("grid", "baselines", "--out", folder.toString(), "--methods", "magic"));
        assertTrue(err.toString().contains("Deep SAD"), err.toString());
        assertEquals(2, run("grid", "baselines", "--out", folder.toString(), "--data", "magic"));
        assertTrue(err.toString().contains("There is no data set 'magic'"), err.toString());
    }

    @Test
    void aGridWithoutAPresetVariesAnySetting() {
        String[] free = {"grid", "--out", folder.toString(), "--data", "digits", "--normals", "3,4", "--methods", "HSCL", "--seeds", "1,2",
            "--set", "loss.threshold=0.2,0.4", "--set", "ratios.pollution=0.05", "--set", "loss.terms.normalToAbnormal=false", "--list"};
        assertEquals(0, run(free), err::toString);
        List<String> lines = out.toString().lines().toList();
        assertEquals(8, lines.stream().distinct().count(), out.toString());
        assertEquals(4, lines.stream().filter(line -> line.contains("η 0.2") && line.contains("γ_p 0.05")).count(), out.toString());
        assertEquals(2, run("grid", "--out", folder.toString(), "--data", "digits", "--set", "loss.magic=1", "--list"));
        assertTrue(err.toString().contains("loss.threshold"), err.toString());
        assertEquals(2, run("grid", "--out", folder.toString(), "--data", "digits", "--set", "loss.threshold=high", "--list"));
        assertTrue(err.toString().contains("loss.threshold=high"), err.toString());
        assertEquals(2, run("grid", "--out", folder.toString(), "--list"));
        assertTrue(err.toString().contains("--data"), err.toString());
    }

    @Test
    void shardsListTheGridBetweenThem() {
        int listed = 0;
        for (int shard = 1; shard <= 4; shard++) {
            assertEquals(0, run("grid", "scenario1-full", "--out", folder.toString(), "--shard", shard + "/4", "--list"));
            listed += (int) out.toString().lines().count();
        }
        assertEquals(270, listed);
        for (String wrong : List.of("0/4", "5/4", "half")) {
            assertEquals(2, run("grid", "scenario1-full", "--out", folder.toString(), "--shard", wrong, "--list"));
            assertTrue(err.toString().contains("shard"), err.toString());
        }
    }

    @Test
    void anUnknownPresetOrSizeIsWrongUsage() {
        assertEquals(2, run("grid", "nothing", "--out", folder.toString()));
        assertTrue(err.toString().contains("sweep-threshold"), err.toString());
        assertEquals(2, run("grid", "quality", "--out", folder.toString(), "--size", "huge"));
        assertTrue(err.toString().contains("gpu-full"), err.toString());
    }

    @Test
    void aFolderWithoutResultsIsSaid() {
        assertEquals(1, run("table", folder.toString()));
        assertTrue(err.toString().contains("run a grid with this folder first"), err.toString());
    }

    @Test
    void resultsAreSummarizedListedAndPutBesideThePublished() {
        fillFolder();
        assertEquals(0, run("table", folder.toString(), "--csv"));
        List<String> lines = out.toString().strip().lines().toList();
        assertEquals(3, lines.size());
        assertTrue(lines.get(0).contains("mean ± std (n)") && lines.get(1).contains("(2)"), out.toString());

        assertEquals(0, run("table", folder.toString(), "--runs", "--csv"));
        assertEquals(5, out.toString().strip().lines().count());

        assertEquals(0, run("table", folder.toString(), "--by", "normal", "--measure", "classes"));
        assertTrue(out.toString().contains("AUROC, mean of classes by normal"), out.toString());

        assertEquals(0, run("table", folder.toString(), "--beside", "table_2"));
        assertTrue(out.toString().contains("measured here") && out.toString().contains("90 training images a class"));
        assertTrue(out.toString().contains("GOAD") && !out.toString().contains("GOAD (published only)"), out.toString());

        assertEquals(2, run("table", folder.toString(), "--by", "color"));
        assertTrue(err.toString().contains("there is no column 'color'"), err.toString());
    }

    @Test
    void linesAreUtf8WithPlainDigitsInEveryLanguageAndCharacterSet() throws Exception {
        String[] list = {"grid", "sweep-labels", "--out", folder.toString(), "--list"};
        String plain = Child.start(folder, Map.of(), List.of(), list).result();
        assertTrue(plain.contains("γ_l 0.05") && plain.contains("seed 1"), plain);
        List<String> egypt = List.of("-Duser.language=ar", "-Duser.country=EG", "-Dfile.encoding=ISO-8859-1", "-Dstdout.encoding=ISO-8859-1");
        assertEquals(plain, Child.start(folder, Map.of("LC_ALL", "C"), egypt, list).result());
        String report = Child.start(folder, Map.of("LC_ALL", "C"), egypt, "doctor").result();
        assertTrue(report.contains(Runtime.getRuntime().availableProcessors() + " processors"), report);
    }
}
