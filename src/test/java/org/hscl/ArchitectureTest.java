package org.hscl;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Data flows one way through the rooms; each may use those above it in this list, never those below. */
class ArchitectureTest {

    private static final List<String> ROOMS = List.of(
            "engine", "data", "scenario", "augment", "model", "loss", "train", "eval", "detect", "baseline", "features", "tiles", "experiment",
            "chart", "cli");

    private static JavaClasses library;

    @BeforeAll
    static void read() {
        library = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("org.hscl");
    }

    @Test
    void noRoomUsesOneBelowIt() {
        for (int room = 0; room < ROOMS.size(); room++) {
            String[] below = ROOMS.subList(room + 1, ROOMS.size()).stream()
                    .map(name -> "org.hscl." + name + "..")
                    .toArray(String[]::new);
            if (below.length > 0) {
                noClasses()
                        .that()
                        .resideInAPackage("org.hscl." + ROOMS.get(room) + "..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(below)
                        .allowEmptyShould(true)
                        .check(library);
            }
        }
    }

    @Test
    void roomsFormNoCycle() {
        slices().matching("org.hscl.(*)..").should().beFreeOfCycles().check(library);
    }

    @Test
    void theKernelUsesNothingOfTheLibrary() {
        noClasses()
                .that()
                .resideInAPackage("org.hscl.kernel..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROOMS.stream().map(name -> "org.hscl." + name + "..").toArray(String[]::new))
                .check(library);
    }

    @Test
    void everyClassLivesInANamedRoom() {
        String[] rooms = Stream.concat(ROOMS.stream().map(name -> "org.hscl." + name), Stream.of("org.hscl", "org.hscl.kernel"))
                .toArray(String[]::new);
        classes().should().resideInAnyPackage(rooms).check(library);
    }

    @Test
    void noMethodHasANameThatKotlinTakes() {
        noMethods().that().arePublic().should().haveNameMatching("as|fun|in|interface|is|object|typealias|typeof|val|var|when").check(library);
        // Kotlin's scope functions belong to objects: a static method names its class and is not one of them.
        noMethods()
                .that()
                .arePublic()
                .and()
                .areNotStatic()
                .and()
                .areDeclaredInClassesThat()
                .resideOutsideOfPackage("org.hscl.cli..")
                .should()
                .haveNameMatching("also|apply|let|run|with")
                .check(library);
    }

    @Test
    void everyRoomOpensWithItsChapter() throws IOException {
        Path source = Path.of("src/main/java/org/hscl");
        try (Stream<Path> folders = Files.walk(source).filter(Files::isDirectory)) {
            List<Path> silent = folders.filter(folder -> hasClasses(folder))
                    .filter(folder -> !Files.exists(folder.resolve("package-info.java")))
                    .toList();
            assertEquals(List.of(), silent, "packages without package-info.java");
        }
    }

    private static boolean hasClasses(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.anyMatch(file -> file.toString().endsWith(".java"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
