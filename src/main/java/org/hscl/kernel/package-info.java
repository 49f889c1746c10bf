/**
 * A small Jupyter kernel for Java, and the one call by which the library shows HTML in a notebook.
 *
 * <p>Our notebooks declare the kernel {@code java} and run on stock IJava. Its release is not on Maven Central, so
 * where it is missing, the set-up registers this kernel, built on the same base and read by the same variables. Read
 * {@link org.hscl.kernel.JavaKernel} first: it answers Jupyter. {@link org.hscl.kernel.JavaShell} cuts a cell into
 * JShell snippets, {@link org.hscl.kernel.CellExecution} runs each on a thread that an interrupt can stop, and
 * {@link org.hscl.kernel.CellFailure} says what went wrong and on which line of which cell.
 * {@link org.hscl.kernel.Display} is what cells call, {@link org.hscl.kernel.NotebookDisplay} what the library calls.
 * Nothing here knows anything about anomaly detection.
 */
@org.jspecify.annotations.NullMarked
package org.hscl.kernel;
