/**
 * Where the maths runs: the PyTorch engine, the device it uses, and the seeded randomness that every room above shares.
 *
 * <p>{@link org.hscl.engine.Torch} starts the engine. Before that, where the class path has PyTorch for CUDA, the runtime is
 * asked for cards ({@code CudaProbe}), and only if there is one are the libraries unpacked and loaded in their order
 * ({@code CudaPreload}); {@link org.hscl.engine.DeviceReport} tells what came of it.
 *
 * <p>What the host draws goes to the device in a {@link org.hscl.engine.Parcel}, many draws at a time, and a number in a formula
 * is a {@link org.hscl.engine.Scalar}: either way a GPU is not made to wait.
 */
@org.jspecify.annotations.NullMarked
package org.hscl.engine;
