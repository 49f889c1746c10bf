/**
 * The three relations that HSCL learns, one file each, and their sum:
 *
 * <ul>
 *   <li>{@link org.hscl.loss.SampleToSample}, Eq. 1–2
 *   <li>{@link org.hscl.loss.ShiftClassification}, CSI's term
 *   <li>{@link org.hscl.loss.SampleToPrototype}, Eq. 3–5, with {@link org.hscl.loss.SoftWeights}, Eq. 5
 *   <li>{@link org.hscl.loss.NormalToAbnormal}, Eq. 6, drawing by {@link org.hscl.loss.ThresholdSampling}, Eq. 7
 *   <li>{@link org.hscl.loss.HsclLoss}, Eq. 8: the sum over a list of {@link org.hscl.loss.LossTerm}s
 * </ul>
 *
 * Losses see labels, never the hidden truth of unlabeled images. Rows are projections z, not normalized, (rows, D).
 */
@org.jspecify.annotations.NullMarked
package org.hscl.loss;
