package org.hscl.baseline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.Device;
import ai.djl.ndarray.BaseNDManager;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hscl.detect.NormalityModel;
import org.hscl.engine.Torch;
import org.hscl.scenario.Split;
import org.hscl.train.History;
import org.hscl.train.Progress;
import org.hscl.train.RunOptions;
import org.hscl.train.TrainingListener;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MethodsMemoryTest {

    @ParameterizedTest
    @ValueSource(strings = {"SS-DGM", "Elsa", "Elsa+", "E3Outlier", "GOAD", "DivideMix", "Aug-LNL", "Deep SAD", "FixMatch"})
    void neitherAStepNorAScoreLeavesAnArrayBehind(String method) {
        List<Integer> live = new ArrayList<>();
        TrainingListener counting = new TrainingListener() {
            @Override
            public void onProgress(Progress progress) {}

            @Override
            public void onEpoch(History history) {
                live.add(liveArrays());
            }
        };
        Split split = ToyImages.split();
        int epochs = method.startsWith("Elsa") ? 12 : 3; // at least two of each phase, and one of Elsa's fine-tuning before
        int before = liveArrays();
        try (NormalityModel model = Methods.named(method).fit(split, ToyImages.config().withWidth(2).withEpochs(epochs),
                RunOptions.defaults().withDevice("cpu"), counting)) {
            assertEquals(live.get(live.size() - 2), live.get(live.size() - 1), "after the last epoch and the one before");
            model.score(split.test().first(8));
            int once = liveArrays();
            model.score(split.test().first(9));
            assertEquals(once, liveArrays(), "after scoring again");
        }
        assertEquals(before, liveArrays(), "after the model is closed");
    }

    /** Arrays of all managers of this process. */
    private static int liveArrays() {
        try (NDManager manager = Torch.engine().newBaseManager(Device.cpu())) {
            return liveArrays(manager.getParentManager());
        }
    }

    private static int liveArrays(NDManager manager) {
        try {
            Field resources = BaseNDManager.class.getDeclaredField("resources");
            resources.setAccessible(true);
            int count = 0;
            for (Object resource : new ArrayList<>(((Map<?, ?>) resources.get(manager)).values())) {
                count += resource instanceof NDManager below ? liveArrays(below) : resource instanceof NDArray ? 1 : 0;
            }
            return count;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
