package org.hscl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.hscl.baseline.Method;
import org.hscl.detect.AnomalyDetector;
import org.hscl.detect.Tiny;
import org.hscl.train.HsclConfig;
import org.hscl.train.RunOptions;
import org.hscl.train.TrainingListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README adds is a file that compiles and works. */
class MakeItYoursTest {

    private static final String IMPORTS = """
            import java.util.*;
            import java.util.stream.*;
            import org.hscl.baseline.*;
            import org.hscl.detect.*;
            import org.hscl.loss.*;
            import org.hscl.scenario.*;
            import org.hscl.train.*;
            """;

    @TempDir
    Path folder;

    /** Compiles the README's class of a name. */
    private Class<?> compiled(String name) throws IOException, ClassNotFoundException {
        String readme = Files.readString(Path.of("README.md"));
        String code = Pattern.compile("```java\n(public final class " + name + ".*?)```", Pattern.DOTALL)
                .matcher(readme).results().map((MatchResult found) -> found.group(1)).findFirst().orElseThrow();
        Path file = Files.writeString(folder.resolve(name + ".java"), IMPORTS + code);
        int status = ToolProvider.getSystemJavaCompiler().run(null, null, null,
                "-proc:none", "-cp", System.getProperty("java.class.path"), "-d", folder.toString(), file.toString());
        assertEquals(0, status, "the compiler's status");
        return new URLClassLoader(new URL[] {folder.toUri().toURL()}).loadClass(name);
    }

    @Test
    void aLossIsOneNewFile() throws Exception {
        HsclConfig config = (HsclConfig) compiled("Norm").getMethod("to", HsclConfig.class).invoke(null, Tiny.config());
        try (AnomalyDetector detector = Tiny.fit(config)) {
            assertTrue(detector.history().epochs().get(0).losses().get("norm") > 0);
        }
    }

    @Test
    void aBaselineIsOneNewFile() throws Exception {
        Method method = (Method) compiled("Brightness").getConstructor().newInstance();
        double[] scores = method.fit(Tiny.split(), Tiny.config(), RunOptions.defaults(), TrainingListener.silent())
                .score(Tiny.split().test());
        assertEquals(Tiny.split().test().count(), scores.length);
    }
}
