/**
 * The random views of an image: a flip and a rotation, then colour jitter, grayscale and Inception crop. Each file is one
 * augmentation of a whole batch on the device, on images in [0, 1] of shape (N, 3, H, W); each takes its random parameters
 * as an argument, so that it can be replayed. {@link org.hscl.augment.Augmenter} chains them.
 */
@org.jspecify.annotations.NullMarked
package org.hscl.augment;
