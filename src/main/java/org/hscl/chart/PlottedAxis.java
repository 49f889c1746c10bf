package org.hscl.chart;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An axis of a still picture.
 *
 * @param title below or beside it
 * @param log whether {@code from} and {@code to} are powers of ten
 * @param from its start
 * @param to its end
 * @param words the categories at 0, 1, …, or none on an axis of numbers
 */
record PlottedAxis(String title, boolean log, double from, double to, List<String> words) {

    /** A place with its text. */
    record Tick(double at, String text) {}

    /** Where a value stands, 0 at the start and 1 at the end; not a number where it has no place. */
    double share(double value) {
        double place = log ? Math.log10(value) : value;
        return Double.isFinite(place) ? (place - from) / (to - from) : Double.NaN;
    }

    /** The same from its end to its start. */
    PlottedAxis reversed() {
        return new PlottedAxis(title, log, to, from, words);
    }

    /** The place of a value as Plotly gets it: a category or a number. */
    double place(String value) {
        return words.isEmpty() ? Double.parseDouble(value) : words.indexOf(value);
    }

    /** Every category, powers of ten, or four to nine round numbers. */
    List<Tick> ticks() {
        if (!words.isEmpty()) {
            return IntStream.range(0, words.size()).mapToObj(i -> new Tick(i, words.get(i))).toList();
        }
        List<Tick> ticks = new ArrayList<>();
        if (log) {
            for (int power = (int) Math.ceil(from); power <= Math.floor(to); power++) {
                ticks.add(new Tick(Math.pow(10, power), text(Math.pow(10, power))));
            }
            return ticks;
        }
        double step = step((to - from) / 6);
        for (double at = Math.ceil(from / step) * step; at <= to + step * 1e-9; at += step) {
            ticks.add(new Tick(at, text(Math.rint(at / step) * step)));
        }
        return ticks;
    }

    /** The nearest of 1, 2 and 5 times a power of ten. */
    private static double step(double rough) {
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        double left = rough / power;
        return power * (left < 1.5 ? 1 : left < 3.5 ? 2 : left < 7.5 ? 5 : 10);
    }

    private static String text(double value) {
        return new BigDecimal(value).round(new MathContext(6)).stripTrailingZeros().toPlainString();
    }
}
