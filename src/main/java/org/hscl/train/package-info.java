/**
 * Training: {@link org.hscl.train.HsclConfig} composes the settings of the rooms above, {@link org.hscl.train.LearningRate}
 * and {@link org.hscl.train.Adam} optimize, {@link org.hscl.train.TrainingStep} is one step on the device, and
 * {@link org.hscl.train.Trainer} repeats it, saving its state as {@link org.hscl.train.CheckpointConfig} says. Training
 * reports to a {@link org.hscl.train.TrainingListener}, such as {@link org.hscl.train.ConsoleProgress}, so that charts and
 * the command line can show it without being known here.
 */
@org.jspecify.annotations.NullMarked
package org.hscl.train;
