/**
 * Evaluation: how normal an image is ({@link org.hscl.eval.NormalityScore}, Eq. 9; the ensemble; k-NN), how well scores
 * separate normals from anomalies ({@link org.hscl.eval.Roc}), and where to draw the line
 * ({@link org.hscl.eval.Threshold}).
 */
@org.jspecify.annotations.NullMarked
package org.hscl.eval;
