package org.hscl.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.hscl.engine.CudaProbe.CudaRuntime;
import org.hscl.engine.CudaProbe.Gpu;
import org.junit.jupiter.api.Test;

class CudaProbeTest {

    private static final Gpu HOPPER = new Gpu(0, "NVIDIA H100 80GB HBM3", 9, 0);

    private static String trouble(CudaRuntime cuda) {
        CudaProbe probe = CudaProbe.of(cuda, "cu118");
        assertEquals(List.of(), probe.gpus());
        return probe.trouble();
    }

    @Test
    void aCardIsFoundWithItsNameAndCapability() {
        assertEquals(new CudaProbe(List.of(HOPPER), ""), CudaProbe.of(FakeCuda.with(HOPPER), "cu118"));
    }

    @Test
    void withoutADriverOneIsAskedFor() {
        assertEquals(
                "there is no NVIDIA driver; if there is a card, install driver 450.80.02 or later",
                trouble(FakeCuda.failing(35, 0)));
    }

    @Test
    void anOldDriverIsSaidWithWhatItServes() {
        assertEquals(
                "the NVIDIA driver is too old, it serves CUDA 10.2; install driver 450.80.02 or later",
                trouble(FakeCuda.failing(35, 10020)));
    }

    @Test
    void aDriverWithoutACardIsSaid() {
        String expected = "the NVIDIA driver finds no GPU, or CUDA_VISIBLE_DEVICES hides it";
        assertEquals(expected, trouble(FakeCuda.failing(100, 12020)));
        assertEquals(expected, trouble(FakeCuda.with()));
    }

    @Test
    void anyOtherFailureIsSaidInCudasOwnWords() {
        assertEquals(
                "CUDA does not start: what error 803 means (error 803); see whether nvidia-smi lists the card",
                trouble(FakeCuda.failing(803, 12020)));
    }

    @Test
    void aCardThatTheKernelsAreNotBuiltForIsNotUsed() {
        String sentence = "the %s has compute capability %s, but this engine has kernels for 3.7 to 9.0";
        assertEquals(sentence.formatted("Tesla K40", "3.5"), trouble(FakeCuda.with(new Gpu(0, "Tesla K40", 3, 5))));
        assertEquals(sentence.formatted("B200", "10.0"), trouble(FakeCuda.with(new Gpu(0, "B200", 10, 0))));
    }

    @Test
    void theBuildForCuda124ServesOtherCardsAndNeedsANewerDriver() {
        CudaProbe kepler = CudaProbe.of(FakeCuda.with(new Gpu(0, "Tesla K80", 3, 7)), "cu124");
        assertEquals("the Tesla K80 has compute capability 3.7, but this engine has kernels for 5.0 to 9.0", kepler.trouble());
        assertEquals(List.of(HOPPER), CudaProbe.of(FakeCuda.with(HOPPER), "cu124").gpus());
        assertEquals("there is no NVIDIA driver; if there is a card, install driver 525.60.13 or later",
                CudaProbe.of(FakeCuda.failing(35, 0), "cu124").trouble());
    }

    @Test
    void aCardBesideOneThatCannotBeUsedKeepsItsNumber() {
        Gpu second = new Gpu(1, "NVIDIA A100", 8, 0);
        assertEquals(List.of(second), CudaProbe.of(FakeCuda.with(new Gpu(0, "Tesla K40", 3, 5), second), "cu118").gpus());
    }

    @Test
    void anotherBuildMayServeOtherCards() {
        Gpu blackwell = new Gpu(0, "B200", 10, 0);
        assertEquals(List.of(blackwell), CudaProbe.of(FakeCuda.with(blackwell), "cu128").gpus());
    }
}
