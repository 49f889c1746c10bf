/**
 * Figures, and how a notebook shows them. {@link org.hscl.chart.Charts} lists every figure, one static factory each; the files
 * behind it ({@code Curves}, {@code Histograms}, {@code Bars}, {@code Points}) turn results into Tablesaw figures that carry the
 * plotted numbers along. {@link org.hscl.chart.Galleries} lists what is shown as pictures. {@link org.hscl.chart.Notebook} shows any of them with one call:
 * interactive where scripts run, a table of the numbers where they do not, and nothing fetched from a network.
 */
@org.jspecify.annotations.NullMarked
package org.hscl.chart;
