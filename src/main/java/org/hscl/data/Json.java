package org.hscl.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;

/** Records as JSON, the one text format of configurations, checkpoints, detectors and results. */
public final class Json {

    private Json() {}

    /** A record as indented JSON. */
    public static String pretty(Object value) {
        return write(value, mapper().enable(SerializationFeature.INDENT_OUTPUT));
    }

    /** A record as JSON in one line. */
    public static String line(Object value) {
        return write(value, mapper());
    }

    /** A record as JSON in one line with its names in alphabetical order: what hashes are taken of. */
    public static String canonical(Object value) {
        Object tree = mapper().convertValue(value, Object.class); // maps, whose order the writer may choose
        return write(tree, mapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS));
    }

    /**
     * Reads a record.
     *
     * @param json the text
     * @param type the record's class
     * @param source the file, for the message
     * @throws DataException if the text does not hold such a record
     */
    public static <T> T read(String json, Class<T> type, String source) {
        try {
            return mapper().readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new DataException(
                    "%s does not hold a valid %s: %s".formatted(source, type.getSimpleName(), e.getOriginalMessage()), e);
        }
    }

    private static String write(Object value, ObjectMapper mapper) {
        try {
            return mapper.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "%s cannot be written as JSON: %s".formatted(value.getClass().getSimpleName(), e.getOriginalMessage()), e);
        }
    }

    private static ObjectMapper mapper() {
        return JsonMapper.builder()
                .addModule(new Jdk8Module())
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
    }
}
