package org.hscl.data;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What lies in a folder and its subfolders. Nothing in it ends the walk: a link to a folder above itself is not followed,
 * and a subfolder that may not be listed stands among the files, so that whoever reads it gets the reason.
 *
 * @param files everything that may be a picture, in the order of the names; hidden files are left out without a word
 * @param leftOut files that by their names are no pictures, such as {@code README.txt}, {@code Thumbs.db} or a CSV, and
 *     links that lead back up
 */
public record FolderWalk(List<Path> files, List<Path> leftOut) {

    /** Copies the lists. */
    public FolderWalk {
        files = List.copyOf(files);
        leftOut = List.copyOf(leftOut);
    }

    private static final Set<String> NO_PICTURES = Set.of(
            "txt", "md", "rst", "csv", "tsv", "json", "jsonl", "xml", "yaml", "yml", "toml", "ini", "cfg", "log", "html",
            "htm", "db", "lnk", "url", "xmp", "pp3", "py", "ipynb", "sh");
    private static final Set<String> NAMES = Set.of("readme", "license", "sha256sums", "md5sums", "desktop.ini", "thumbs.db");

    /**
     * Walks.
     *
     * @throws DataException if there is no such folder, or it may not be listed
     */
    public static FolderWalk of(Path folder) {
        Visitor visitor = new Visitor(folder);
        try {
            Files.walkFileTree(folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, visitor);
        } catch (IOException e) {
            throw new DataException(
                    "Cannot list the folder %s (%s); check its name and permissions".formatted(folder, e), e);
        }
        Collections.sort(visitor.files);
        Collections.sort(visitor.leftOut);
        return new FolderWalk(visitor.files, visitor.leftOut);
    }

    private static boolean isHidden(Path path) {
        return path.getFileName().toString().startsWith(".");
    }

    /** Whether a file's name says that it is no picture. */
    public static boolean isNoPicture(Path path) {
        String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
        return NAMES.contains(name) || NO_PICTURES.contains(name.substring(name.lastIndexOf('.') + 1)) && name.contains(".");
    }

    private static final class Visitor extends SimpleFileVisitor<Path> {
        private final Path root;
        private final List<Path> files = new ArrayList<>();
        private final List<Path> leftOut = new ArrayList<>();

        Visitor(Path root) {
            this.root = root;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
            return !path.equals(root) && isHidden(path) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
            if (path.equals(root) || !isHidden(path)) {
                (isNoPicture(path) ? leftOut : files).add(path);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path path, IOException failure) throws IOException {
            if (path.equals(root)) {
                throw failure;
            }
            if (!isHidden(path)) {
                (failure instanceof FileSystemLoopException ? leftOut : files).add(path);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path path, @Nullable IOException failure) {
            if (failure != null) {
                files.add(path); // listed in part
            }
            return FileVisitResult.CONTINUE;
        }
    }
}
