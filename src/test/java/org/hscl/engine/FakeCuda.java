package org.hscl.engine;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.hscl.engine.CudaProbe.CudaRuntime;
import org.hscl.engine.CudaProbe.Gpu;

/** A CUDA runtime that answers the probe as told; a call that makes a context on the card fails the test. */
record FakeCuda(int code, int driver, List<Gpu> gpus) implements CudaRuntime {

    static FakeCuda failing(int code, int driver) {
        return new FakeCuda(code, driver, List.of());
    }

    static FakeCuda with(Gpu... gpus) {
        return new FakeCuda(0, 12020, List.of(gpus));
    }

    @Override
    public int cudaGetDeviceCount(int[] count) {
        count[0] = gpus.size();
        return code;
    }

    @Override
    public int cudaDriverGetVersion(int[] version) {
        version[0] = driver;
        return 0;
    }

    @Override
    public int cudaGetDeviceProperties(byte[] properties, int device) {
        byte[] name = gpus.get(device).name().getBytes(StandardCharsets.UTF_8);
        System.arraycopy(name, 0, properties, 0, name.length);
        return 0;
    }

    @Override
    public int cudaDeviceGetAttribute(int[] value, int attribute, int device) {
        value[0] = attribute == CAPABILITY_MAJOR ? gpus.get(device).major() : gpus.get(device).minor();
        return 0;
    }

    @Override
    public String cudaGetErrorString(int error) {
        return "what error " + error + " means";
    }

    @Override
    public int cudaRuntimeGetVersion(int[] version) {
        throw notForTheProbe();
    }

    @Override
    public int cudaMemGetInfo(long[] free, long[] total) {
        throw notForTheProbe();
    }

    @Override
    public int cudaSetDevice(int device) {
        throw notForTheProbe();
    }

    @Override
    public int cudaGetDevice(int[] device) {
        throw notForTheProbe();
    }

    private static AssertionError notForTheProbe() {
        return new AssertionError("the probe must only ask which cards there are, not use one");
    }
}
