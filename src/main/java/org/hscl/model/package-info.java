/**
 * The network: a ResNet-18 encoder for small images, the projection, the shift head and the prototypes. It is written as
 * functions of named {@link org.hscl.model.Weights}, with PyTorch's names, so that a saved detector reads as a state dict.
 */
@org.jspecify.annotations.NullMarked
package org.hscl.model;
