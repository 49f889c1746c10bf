package org.hscl.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where data files are looked for, and whether an absent one may be downloaded.
 *
 * @param path the folder that downloads go to; each data set has a folder of its own in it
 * @param others further folders that are only read, such as those of a system's packages
 * @param downloadAllowed whether a data set that is in none of them may be fetched from its official page
 * @param listener hears how a download goes
 */
public record DataFolder(Path path, List<Path> others, boolean downloadAllowed, DownloadListener listener) {

    /** Copies the list. */
    public DataFolder {
        others = List.copyOf(others);
    }

    /**
     * The system property {@code hscl.data}, else the environment variable {@code HSCL_DATA}, else
     * {@code ~/.hscl/data}; also {@code /usr/share/datasets}, where Debian's packages put theirs. Downloads are allowed
     * where the property {@code hscl.download} or the variable {@code HSCL_DOWNLOAD} is {@code true}; their progress is
     * printed.
     */
    public static DataFolder defaults() {
        String path = setting("hscl.data", "HSCL_DATA");
        Path home = Path.of(System.getProperty("user.home"), ".hscl", "data");
        return new DataFolder(
                path.isBlank() ? home : Path.of(path),
                List.of(Path.of("/usr/share/datasets")),
                Boolean.parseBoolean(setting("hscl.download", "HSCL_DOWNLOAD")),
                DownloadListener.console());
    }

    private static String setting(String property, String variable) {
        return System.getProperty(property, System.getenv().getOrDefault(variable, ""));
    }

    /** Another folder. */
    public DataFolder withPath(Path newPath) {
        return new DataFolder(newPath, others, downloadAllowed, listener);
    }

    /** Other read-only folders. */
    public DataFolder withOthers(List<Path> newOthers) {
        return new DataFolder(path, newOthers, downloadAllowed, listener);
    }

    /** Whether absent files may be downloaded. */
    public DataFolder withDownload(boolean allowed) {
        return new DataFolder(path, others, allowed, listener);
    }

    /** Another listener. */
    public DataFolder withListener(DownloadListener newListener) {
        return new DataFolder(path, others, downloadAllowed, newListener);
    }

    /**
     * The first of some paths that exists.
     *
     * @param relative paths inside the folders, in order of preference
     * @return the path in the first folder that has one of them
     */
    public Optional<Path> find(String... relative) {
        List<Path> folders = new ArrayList<>(List.of(path));
        folders.addAll(others);
        return folders.stream()
                .flatMap(folder -> Stream.of(relative).map(folder::resolve))
                .filter(Files::exists)
                .findFirst();
    }

    /** A path for a sentence: the user's own folder as {@code ~}, so that a shared notebook does not tell whose it is. */
    static String shown(Path path) {
        Path home = Path.of(System.getProperty("user.home"));
        return path.startsWith(home) ? Path.of("~").resolve(home.relativize(path)).toString() : path.toString();
    }
}
