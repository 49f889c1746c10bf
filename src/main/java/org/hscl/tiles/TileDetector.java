package org.hscl.tiles;

import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.hscl.data.DataException;
import org.hscl.data.Picture;
import org.hscl.engine.ComputeDevice;
import org.hscl.engine.Interruption;
import org.hscl.engine.Torch;
import org.hscl.eval.Threshold;
import org.hscl.eval.TrainingScores;
import org.hscl.loss.LossConfig;
import org.hscl.loss.LossConfig.LossRows;
import org.hscl.model.Encoder;
import org.hscl.scenario.Label;
import org.hscl.tiles.TileFolder.TileFacts;
import org.hscl.train.CheckpointConfig;
import org.hscl.train.HsclConfig;
import org.hscl.train.RunOptions;
import org.hscl.train.Trainer;
import org.hscl.train.TrainingListener;

/**
 * HSCL on tiles of pictures at their own size: an encoder a scale, learned without the shift term, since a tile of a texture has no
 * upright. A picture's score is the lowest of its tiles over all scales, each scale standardized by the labeled normal pictures. Close
 * it to free its native memory.
 */
public final class TileDetector implements AutoCloseable {

    private static final int STEPS_AN_EPOCH = 45;

    /** With so many pictures marked, defects need not be made. */
    private static final int ENOUGH_MARKED = 200;

    private final TileFacts facts;
    private final List<Encoder> trained;
    private final List<Encoder> encoders;
    private final NDManager manager;

    TileDetector(TileFacts facts, List<Encoder> trained, NDManager manager) {
        this(facts, trained, trained.stream().map(encoder -> encoder.folded(manager)).toList(), manager);
    }

    private TileDetector(TileFacts facts, List<Encoder> trained, List<Encoder> encoders, NDManager manager) {
        this.facts = facts;
        this.trained = trained;
        this.encoders = encoders;
        this.manager = manager;
    }

    /**
     * Trains it, one scale after the other.
     *
     * @param pictures what is learned from; where none is marked abnormal, defects are made
     * @param scales at least one
     * @param config of each scale's training; its input size, shift term and rows are set here
     * @param options where it runs and what it saves
     * @param listener follows the trainings
     * @throws java.util.concurrent.CancellationException if the thread is interrupted
     * @throws DataException if a picture cannot be read
     */
    public static TileDetector fit(
            String name, List<LabeledPicture> pictures, List<TileScale> scales, HsclConfig config, RunOptions options, TrainingListener listener) {
        NDManager manager = Torch.engine().newBaseManager(ComputeDevice.choose(options.device()).device());
        try {
            List<Encoder> trained = new ArrayList<>();
            for (TileScale scale : scales) {
                trained.add(train(pictures, scale, config, options, listener, manager));
            }
            TileFacts untested = new TileFacts(TileFacts.VERSION, name, scales, config,
                    scales.stream().map(scale -> new double[] {0, 1}).toList(), TrainingScores.none(), Threshold.at(0));
            return new TileDetector(untested, trained, manager).calibrated(pictures);
        } catch (RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    private static Encoder train(
            List<LabeledPicture> pictures, TileScale scale, HsclConfig config, RunOptions options, TrainingListener listener, NDManager manager) {
        listener.onMessage("tiles " + scale);
        LossConfig loss = config.loss().withTerms(config.loss().terms().withoutShift()).withRows(LossRows.NEVER_ROTATED);
        HsclConfig own = config.withLoss(loss).withEncoder(config.encoder().withInputSize(scale.tile()));
        boolean synthetic = pictures.stream().filter(LabeledPicture::isMarked).count() < ENOUGH_MARKED;
        TileDraw draw = new TileDraw(pictures, scale, STEPS_AN_EPOCH * config.batchSize(), synthetic, config.seed());
        var checkpoints = options.checkpoints().map(saved -> new CheckpointConfig(
                saved.folder().resolve("tiles-" + scale.toString().replace('/', '-')), saved.everyEpochs(), saved.keepLast(), saved.resume()));
        try (Trainer trainer = new Trainer(draw, own, ComputeDevice.choose(options.device()), checkpoints, listener)) {
            trainer.train(listener);
            return trainer.encoder().copy(manager);
        }
    }

    /** Scores the training pictures, and takes spreads and threshold from them. */
    private TileDetector calibrated(List<LabeledPicture> pictures) {
        double[][] lowest = new double[facts.scales().size()][pictures.size()];
        for (int i = 0; i < pictures.size(); i++) {
            List<TileGrid> grids = grids(Picture.read(pictures.get(i).file()));
            for (int s = 0; s < lowest.length; s++) {
                lowest[s][i] = grids.get(s).lowest();
            }
        }
        Label[] labels = pictures.stream().map(LabeledPicture::label).toArray(Label[]::new);
        List<double[]> spreads = Arrays.stream(lowest).map(scores -> spread(TrainingScores.of(scores, labels))).toList();
        double[] scores = IntStream.range(0, labels.length).mapToDouble(i -> IntStream.range(0, lowest.length)
                .mapToDouble(s -> (lowest[s][i] - spreads.get(s)[0]) / spreads.get(s)[1]).min().orElseThrow()).toArray();
        TrainingScores training = TrainingScores.of(scores, labels);
        return new TileDetector(new TileFacts(facts.version(), facts.name(), facts.scales(), facts.config(), spreads, training,
                Threshold.best(training)), trained, encoders, manager);
    }

    private static double[] spread(TrainingScores scores) {
        var normal = scores.labeledNormal().length > 1 ? scores.ofLabeledNormal() : scores.ofUnlabeled();
        return new double[] {normal.mean(), Math.max(normal.standardDeviation(), 1e-6)};
    }

    private List<TileGrid> grids(Picture picture) {
        Interruption.check("scoring");
        return IntStream.range(0, encoders.size())
                .mapToObj(s -> TileGrid.of(picture, facts.scales().get(s), encoders.get(s), manager).standardized(facts.spreads().get(s)))
                .toList();
    }

    /** The lowest standardized tile, unbounded; higher is more normal. */
    public double score(Picture picture) {
        return grids(picture).stream().mapToDouble(TileGrid::lowest).min().orElseThrow();
    }

    /**
     * What it says of a picture, and where.
     *
     * @param score the same as {@link #score}
     */
    public record Finding(double score, HeatMap map) {}

    /** Scores a picture and draws its map. */
    public Finding find(Picture picture) {
        List<TileGrid> grids = grids(picture);
        return new Finding(grids.stream().mapToDouble(TileGrid::lowest).min().orElseThrow(), HeatMap.of(picture, grids));
    }

    /** Below it, a picture is an anomaly. */
    public Threshold threshold() {
        return facts.threshold();
    }

    /** The same detector with another threshold; closing either closes both. */
    public TileDetector withThreshold(Threshold chosen) {
        return new TileDetector(facts.withThreshold(chosen), trained, encoders, manager);
    }

    /** The scores of its training pictures. */
    public TrainingScores trainingScores() {
        return facts.scores();
    }

    /** At which scales it cuts. */
    public List<TileScale> scales() {
        return facts.scales();
    }

    /** What it is and every setting of its training, a line each. */
    public List<String> describe() {
        return facts.describe();
    }

    /**
     * Saves it in the place of an older one.
     *
     * @throws java.io.UncheckedIOException if the folder cannot be written, or holds something else
     */
    public void save(Path folder) {
        TileFolder.write(folder, facts, trained);
    }

    /** Refuses a folder that {@link #save} would refuse: ask before a long training. */
    public static void checkFolder(Path folder) {
        TileFolder.KIND.check(folder);
    }

    /** Whether a folder holds such a detector. */
    public static boolean isIn(Path folder) {
        return TileFolder.KIND.isIn(folder);
    }

    /**
     * Loads it.
     *
     * @throws DataException if the folder is missing, damaged or of a later version
     */
    public static TileDetector load(Path folder, String device) {
        return TileFolder.read(folder, device);
    }

    @Override
    public void close() {
        manager.close();
    }
}
