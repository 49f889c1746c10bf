/**
 * HSCL on the features of a pretrained network: the network, never trained further, turns each picture into numbers once, and the
 * relations of {@link org.hscl.loss} train small heads on them in seconds. {@link org.hscl.features.Backbone} is the network,
 * {@link org.hscl.features.HeadConfig} what is learned, {@link org.hscl.features.FeatureDetector} what comes of it.
 */
@NullMarked
package org.hscl.features;

import org.jspecify.annotations.NullMarked;
