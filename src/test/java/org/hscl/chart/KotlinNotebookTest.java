package org.hscl.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import org.jetbrains.kotlinx.jupyter.api.libraries.LibraryDefinitionProducer;
import org.junit.jupiter.api.Test;

class KotlinNotebookTest {
    @Test
    void theKotlinKernelFindsItByItsName() throws Exception {
        Object producer = Class.forName(declared()).asSubclass(LibraryDefinitionProducer.class).getConstructor().newInstance();
        assertEquals(KotlinNotebook.class, producer.getClass());
    }

    private static String declared() throws IOException {
        String file = "/META-INF/kotlin-jupyter-libraries/libraries.json";
        try (InputStream stream = KotlinNotebook.class.getResourceAsStream(file)) {
            return new ObjectMapper().readTree(stream).at("/producers/0/fqn").asText();
        }
    }
}
