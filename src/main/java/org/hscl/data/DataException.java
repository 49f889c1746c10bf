package org.hscl.data;

import org.jspecify.annotations.Nullable;

/** A data file that is absent, unreadable or not what it should be; the message is one sentence that names it. */
public class DataException extends RuntimeException {

    /** A finding of our own. */
    public DataException(String sentence) {
        super(sentence);
    }

    /** A finding with the failure that led to it. */
    public DataException(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }

    /** A data set that is not in the data folder; the message says where to get it and where to put it. */
    public static final class MissingDataException extends DataException {

        /** Names the file, its official page and its place. */
        public MissingDataException(String sentence) {
            super(sentence);
        }
    }
}
