package org.hscl.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.concurrent.TimeUnit;
import org.hscl.augment.AugmentConfig;
import org.hscl.augment.Augmenter;
import org.hscl.augment.ColorJitter;
import org.hscl.augment.InceptionCrop;
import org.hscl.engine.SeededRandom;
import org.hscl.engine.Torch;
import org.hscl.loss.SampleToPrototype;
import org.hscl.loss.SampleToSample;
import org.hscl.model.Encoder;
import org.hscl.model.EncoderConfig;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The pieces of a step alone, on the CPU, for batches of 8 × {@code images} rows. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(1)
public class PieceBench {

    private static final AugmentConfig AUGMENT = AugmentConfig.defaults();

    /** Images a batch. */
    @Param({"8", "32"})
    public int images;

    /** Channels of the encoder's first stage. */
    @Param({"16"})
    public int width;

    private NDManager manager;
    private Encoder encoder;
    private Encoder folded;
    private NDArray batch;
    private NDArray rows;
    private NDArray projections;
    private NDManager scratch;

    /** Random inputs of the right shapes. */
    @Setup
    public void prepare() {
        Torch.useThreads(2);
        manager = Torch.engine().newBaseManager();
        encoder = Encoder.create(EncoderConfig.defaults().withWidth(width), 1, manager);
        folded = encoder.folded(manager);
        batch = manager.randomUniform(0, 1, new Shape(images, 3, 32, 32), DataType.FLOAT32);
        rows = manager.randomUniform(0, 1, new Shape(8L * images, 3, 32, 32), DataType.FLOAT32);
        projections = manager.randomNormal(new Shape(8L * images, 128));
    }

    /** A manager for what one call makes. */
    @Setup(Level.Invocation)
    public void open() {
        scratch = manager.newSubManager();
    }

    /** Frees what the call made. */
    @TearDown(Level.Invocation)
    public void shut() {
        scratch.close();
    }

    /** Frees the rest. */
    @TearDown
    public void end() {
        manager.close();
    }

    /** Flips, rotations, colours and crops of a training batch. */
    @Benchmark
    public NDArray twoViews() {
        return new Augmenter(AUGMENT).twoViews(local(batch), SeededRandom.at(1));
    }

    /** Colour jitter of all rows. */
    @Benchmark
    public NDArray colorJitter() {
        return ColorJitter.of(AUGMENT).draw(8 * images, 32, SeededRandom.at(1)).on(local(rows));
    }

    /** Inception crop of all rows. */
    @Benchmark
    public NDArray inceptionCrop() {
        return InceptionCrop.of(AUGMENT).draw(8 * images, 32, SeededRandom.at(1)).on(local(rows));
    }

    /** The encoder with batch statistics, without gradients. */
    @Benchmark
    public NDArray forwardTraining() {
        return encoder.forward(local(rows), true).projection();
    }

    /** The encoder as scoring uses it. */
    @Benchmark
    public NDArray forwardFolded() {
        return folded.forward(local(rows), false).projection();
    }

    /** Eq. 1–2. */
    @Benchmark
    public NDArray sampleToSample() {
        return SampleToSample.loss(local(projections), 0.5);
    }

    /** Eq. 9. */
    @Benchmark
    public NDArray score() {
        return SampleToPrototype.nearest(local(projections), encoder.prototypes());
    }

    private NDArray local(NDArray array) {
        NDArray copy = array.duplicate();
        copy.attach(scratch);
        return copy;
    }
}
