/**
 * The detector that users hold: {@link org.hscl.detect.AnomalyDetector} is trained on a split, scores images, decides by a
 * threshold, and is saved to a folder. {@link org.hscl.detect.NormalityModel} is the small interface that it shares with the
 * compared methods.
 */
@org.jspecify.annotations.NullMarked
package org.hscl.detect;
