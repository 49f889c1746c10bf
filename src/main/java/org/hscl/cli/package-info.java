/**
 * The command line over the same calls as the notebooks': {@link org.hscl.cli.Main} lists the commands, one class each.
 * Results go to the standard output, everything else to the standard error; 0 means success, 1 failure, 2 wrong usage.
 */
@org.jspecify.annotations.NullMarked
package org.hscl.cli;
