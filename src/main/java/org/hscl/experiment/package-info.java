/**
 * The paper's tables and figures as runs that can be repeated: an {@link org.hscl.experiment.Experiment} is one run, a
 * {@link org.hscl.experiment.Grid} many, a {@link org.hscl.experiment.Runner} carries them out and resumes where it was
 * stopped, a {@link org.hscl.experiment.ResultStore} keeps what was measured, and {@link org.hscl.experiment.PublishedResults}
 * are the numbers to stand beside it.
 */
@org.jspecify.annotations.NullMarked
package org.hscl.experiment;
