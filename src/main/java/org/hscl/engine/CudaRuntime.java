package org.hscl.engine;

import ai.djl.util.cuda.CudaLibrary;
import com.sun.jna.Native;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The CUDA runtime's functions that tell of a machine, beyond those that DJL lists. JNA binds them by name. */
interface CudaRuntime extends CudaLibrary {

    /** Attribute numbers of {@link #cudaDeviceGetAttribute}. */
    int CAPABILITY_MAJOR = 75;

    int CAPABILITY_MINOR = 76;

    /** More than the property structure of any CUDA version has; it opens with the name, 256 bytes. */
    int PROPERTIES = 4096;

    /** The newest CUDA version that the driver serves, as 1000 · major + 10 · minor; 0 without a driver. */
    int cudaDriverGetVersion(int[] version);

    /** Fills the property structure of a device. */
    int cudaGetDeviceProperties(byte[] properties, int device);

    /** Binds a runtime library by its file. */
    static CudaRuntime load(Path library) {
        return Native.load(library.toAbsolutePath().toString(), CudaRuntime.class);
    }

    /** Reads a zero-terminated string. */
    static String string(byte[] bytes) {
        int end = 0;
        while (end < bytes.length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }
}
