package org.hscl.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Records as JSON, the one text format of configurations, checkpoints, detectors and results. */
public final class Json {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private Json() {}

    /** A record as indented JSON. */
    public static String pretty(Object value) {
        return write(value, MAPPER.writer(SerializationFeature.INDENT_OUTPUT));
    }

    /** A record as JSON in one line. */
    public static String line(Object value) {
        return write(value, MAPPER.writer());
    }

    /** A record as JSON in one line with its names in alphabetical order: what hashes are taken of. */
    public static String canonical(Object value) {
        Object tree = MAPPER.convertValue(value, Object.class); // maps, whose order the writer may choose
        return write(tree, MAPPER.writer(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS));
    }

    /** A record as maps, lists, numbers and words. */
    public static Map<String, Object> tree(Object value) {
        return MAPPER.convertValue(value, new TypeReference<LinkedHashMap<String, Object>>() {});
    }

    /** The format version that a text states, 0 where it states none: known before the rest is understood. */
    public static int version(String json, String source) {
        try {
            return MAPPER.readTree(json).path("version").asInt();
        } catch (JsonProcessingException e) {
            throw new DataException("%s is no valid JSON: %s".formatted(source, e.getOriginalMessage()), e);
        }
    }

    /**
     * What two records of one kind differ in, a sentence part each, such as {@code optimizer.floor was 0.0 and is now 1.0E-6}.
     */
    public static List<String> differences(Object before, Object now) {
        Map<String, String> old = flat(before);
        Map<String, String> current = flat(now);
        Set<String> names = new TreeSet<>(old.keySet());
        names.addAll(current.keySet());
        return names.stream()
                .filter(name -> !Objects.equals(old.get(name), current.get(name)))
                .map(name -> "%s was %s and is now %s".formatted(name, old.get(name), current.get(name)))
                .toList();
    }

    /** All values of a record by their paths, such as {@code optimizer.floor}. */
    public static Map<String, String> flat(Object value) {
        Map<String, String> flat = new TreeMap<>();
        flatten("", tree(value), flat);
        return flat;
    }

    private static void flatten(String prefix, Map<?, ?> tree, Map<String, String> flat) {
        tree.forEach((name, value) -> {
            if (value instanceof Map<?, ?> inner) {
                flatten(prefix + name + ".", inner, flat);
            } else {
                flat.put(prefix + name, String.valueOf(value));
            }
        });
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
            return MAPPER.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new DataException(
                    "%s does not hold a valid %s: %s".formatted(source, type.getSimpleName(), e.getOriginalMessage()), e);
        }
    }

    private static String write(Object value, ObjectWriter writer) {
        try {
            return writer.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "%s cannot be written as JSON: %s".formatted(value.getClass().getSimpleName(), e.getOriginalMessage()), e);
        }
    }
}
