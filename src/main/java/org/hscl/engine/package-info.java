/** Where the maths runs: the PyTorch engine, the device it uses, and the seeded randomness that every room above shares. */
@org.jspecify.annotations.NullMarked
package org.hscl.engine;
