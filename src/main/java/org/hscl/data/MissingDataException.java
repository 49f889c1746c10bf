package org.hscl.data;

/** A data set that is not in the data folder; the message says where to get it and where to put it. */
public final class MissingDataException extends DataException {

    /** Names the file, its official page and its place. */
    public MissingDataException(String sentence) {
        super(sentence);
    }
}
