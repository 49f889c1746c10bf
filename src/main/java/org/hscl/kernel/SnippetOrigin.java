package org.hscl.kernel;

/**
 * Where a snippet came from.
 *
 * @param cell  the cell's execution count, 0 for the start-up
 * @param code  the whole cell
 * @param start index in {@code code} of the snippet's first character
 */
record SnippetOrigin(int cell, String code, int start) {
    /** The line in the cell, from 1, of the character at {@code offset} in the snippet. */
    int lineAt(long offset) {
        int end = (int) Math.min(start + offset, code.length());
        return 1 + (int) code.substring(0, end).chars().filter(c -> c == '\n').count();
    }

    /** The text of a line of the cell, counted from 1. */
    String text(int line) {
        String[] lines = code.split("\n", -1);
        return line <= lines.length ? lines[line - 1] : "";
    }

    /** The column in its line, from 0, of the character at {@code offset} in the snippet. */
    int columnAt(long offset) {
        int at = (int) Math.min(start + offset, code.length());
        return at - (code.lastIndexOf('\n', at - 1) + 1);
    }
}
