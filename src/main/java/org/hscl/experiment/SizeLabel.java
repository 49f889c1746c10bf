package org.hscl.experiment;

import org.hscl.train.HsclConfig;

/** How large a run was, in words: small runs never pose as full ones. */
final class SizeLabel {

    private SizeLabel() {}

    /** Such as {@code width 16, 20 epochs, batch 32, 600 images a class, 2000 test images}. */
    static String of(Result result) {
        HsclConfig config = result.experiment().config();
        int train = result.run().counts().values().stream().mapToInt(Integer::intValue).sum();
        return "width %d, %d epochs, batch %d, %d training images, %d test images".formatted(
                config.encoder().width(), config.epochs(), config.batchSize(), train, result.run().testImages());
    }
}
