/**
 * Evaluation: how normal an image is ({@link org.hscl.eval.NormalityScore}, Eq. 9; the ensemble; k-NN), and how well scores
 * separate normals from anomalies ({@link org.hscl.eval.Roc}).
 */
@org.jspecify.annotations.NullMarked
package org.hscl.eval;
