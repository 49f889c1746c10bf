package org.hscl.golden;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.Map;
import org.hscl.model.Encoder;
import org.hscl.model.EncoderConfig;
import org.hscl.model.Layout;
import org.hscl.model.ResNetEncoder;

/** Recorded networks, whose arrays bear the names of the released code. */
public final class GoldenEncoder {

    private static final Map<String, String> HEADS = Map.of(
            "projection.0", "simclr_layer.0",
            "projection.2", "simclr_layer.2",
            "shift", "shift_cls_layer",
            "prototypes", "normal_vec");

    private GoldenEncoder() {}

    /** The recorded name of one of our weights. */
    public static String name(String weight) {
        return HEADS.entrySet().stream()
                .filter(head -> weight.equals(head.getKey()) || weight.startsWith(head.getKey() + "."))
                .map(head -> head.getValue() + weight.substring(head.getKey().length()))
                .findFirst()
                .orElse(weight);
    }

    /**
     * A network of the recorded size with the recorded weights, in the recorded layout: where an activation is 0 up to
     * rounding, another order of sums may flip its ReLU, and a gradient then moves by more than rounding.
     */
    public static ResNetEncoder from(Golden golden, String prefix) {
        Shape prototypes = golden.get(prefix + name(Encoder.PROTOTYPES)).getShape();
        EncoderConfig config = EncoderConfig.defaults()
                .withWidth((int) golden.get(prefix + "conv1.weight").getShape().get(0))
                .withProjectionDimensions((int) prototypes.get(0))
                .withPrototypes((int) prototypes.get(1));
        ResNetEncoder encoder = (ResNetEncoder) Encoder.create(config, 1, golden.manager());
        NDList recorded = new NDList();
        for (String weight : encoder.weights().names()) {
            NDArray value = golden.get(prefix + name(weight)).duplicate();
            value.setName(weight);
            recorded.add(value);
        }
        encoder.weights().load(recorded);
        return encoder.withLayout(Layout.CHANNELS_FIRST);
    }
}
