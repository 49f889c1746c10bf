package org.hscl.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NotebookDisplayTest {
    private final Map<String, String> page = new LinkedHashMap<>();

    @AfterEach
    void restore() {
        NotebookDisplay.use(null);
    }

    @Test
    void anotherKernelShowsAndReplaces() {
        assertFalse(NotebookDisplay.available());
        NotebookDisplay.use(new NotebookDisplay.Outlet() {
            @Override
            public void show(String html, String id) {
                assertNull(page.put(id, html), "shown twice under one id");
            }

            @Override
            public void update(String html, String id) {
                page.replace(id, html);
            }
        });
        assertTrue(NotebookDisplay.available());
        String first = NotebookDisplay.html("<p>one</p>");
        NotebookDisplay.html("<p>two</p>");
        NotebookDisplay.update(first, "<p>three</p>");
        assertEquals(List.of("<p>three</p>", "<p>two</p>"), List.copyOf(page.values()));
    }
}
