package org.hscl.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.hscl.data.DataException;
import org.hscl.data.Json;

/** A setting of an experiment by its name in the store's JSON, such as {@code loss.threshold} or {@code ratios.pollution}. */
final class SettingPath {

    private static final List<String> ROOMS = List.of("features.", "config.", "cell.settings.");

    private SettingPath() {}

    /**
     * The experiment with another value.
     *
     * @throws IllegalArgumentException if there is no such setting, or it refuses the value
     */
    static Experiment set(Experiment experiment, String key, String value) {
        Map<String, String> all = Json.flat(experiment);
        String path = ROOMS.stream().map(room -> room + key).filter(all::containsKey).findFirst().orElseThrow(() -> unknown(key, all));
        String before = String.valueOf(all.get(path));
        Object typed = before.matches("true|false") ? Boolean.valueOf(value) : value; // Jackson reads numbers from words too
        try {
            return Json.read(Json.line(with(Json.tree(experiment), path, typed)), Experiment.class, key + "=" + value);
        } catch (DataException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static Map<String, Object> with(Map<?, ?> tree, String path, Object value) {
        Map<String, Object> copy = new LinkedHashMap<>();
        tree.forEach((name, old) -> copy.put(String.valueOf(name), old));
        int dot = path.indexOf('.');
        if (dot < 0) {
            copy.put(path, value);
        } else if (copy.get(path.substring(0, dot)) instanceof Map<?, ?> inner) {
            copy.put(path.substring(0, dot), with(inner, path.substring(dot + 1), value));
        }
        return copy;
    }

    private static IllegalArgumentException unknown(String key, Map<String, String> all) {
        List<String> names = new ArrayList<>(new TreeSet<>(all.keySet().stream()
                .filter(name -> ROOMS.stream().anyMatch(name::startsWith))
                .map(name -> name.replaceFirst("^(features|config|cell\\.settings)\\.", ""))
                .toList()));
        names.remove("seed");
        return new IllegalArgumentException("There is no setting '%s'; choose of %s".formatted(key, String.join(", ", names)));
    }
}
