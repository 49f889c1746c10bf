package org.hscl.cli;

import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Wrong values on the command line. */
final class Usage {

    private Usage() {}

    /** Settings refuse wrong values with a sentence: here that is wrong usage, not a failure. */
    static <T> T check(CommandSpec spec, Supplier<T> settings) {
        try {
            return settings.get();
        } catch (IllegalArgumentException e) {
            throw mistake(spec, e.getMessage());
        }
    }

    /** A count of which there must be some. */
    static void atLeastOne(CommandSpec spec, String option, int value) {
        if (value < 1) {
            throw mistake(spec, option + " is " + value + "; give at least 1");
        }
    }

    /** Refuses options that have an effect only beside another one, which is not given. */
    static void without(CommandSpec spec, String other, String... options) {
        refuse(spec, "without " + other, options);
    }

    /** Refuses options that have no effect beside another one. */
    static void beside(CommandSpec spec, String other, String... options) {
        refuse(spec, "beside " + other, options);
    }

    private static void refuse(CommandSpec spec, String where, String... options) {
        CommandLine.ParseResult given = spec.commandLine().getParseResult();
        for (String option : options) {
            if (given.hasMatchedOption(option)) {
                throw mistake(spec, "%s has no effect %s; leave it out".formatted(option, where));
            }
        }
    }

    static CommandLine.ParameterException mistake(CommandSpec spec, String sentence) {
        return new CommandLine.ParameterException(spec.commandLine(), sentence);
    }
}
