package org.hscl.baseline;

import org.hscl.detect.AnomalyDetector;
import org.hscl.scenario.Split;
import org.hscl.train.HsclConfig;
import org.hscl.train.RunOptions;
import org.hscl.train.TrainingListener;

/** HSCL itself, in whichever variant and with whichever terms the configuration says; scored by Eq. 9. */
final class HsclMethod implements Method {

    @Override
    public String name() {
        return Methods.HSCL;
    }

    @Override
    public String citation() {
        return "Wang et al., Hierarchical Semi-Supervised Contrastive Learning for Contamination-Resistant Anomaly Detection,"
                + " ECCV 2022";
    }

    @Override
    public AnomalyDetector fit(Split split, HsclConfig config, RunOptions options, TrainingListener listener) {
        return AnomalyDetector.fit(split, config, options, listener);
    }
}
