package org.hscl.data;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.hscl.data.DataException.MissingDataException;

/**
 * A file that its makers publish.
 *
 * @param place its folder inside the data folder
 * @param name its file name
 * @param page the official page, for people
 * @param url its address, for the download; empty where only a browser gets it
 * @param algorithm of the checksum, {@code MD5} or {@code SHA-256}
 * @param checksum as its makers publish it, in hexadecimal digits
 */
record RemoteFile(String place, String name, String page, String url, String algorithm, String checksum) {

    /** A file that can't be downloaded by a program. */
    RemoteFile(String place, String name, String page) {
        this(place, name, page, "", "", "");
    }

    /**
     * The file on this machine: found, or else downloaded if the settings allow it.
     *
     * @param unpacked paths inside the data folder that do as well, such as an unpacked archive
     * @throws MissingDataException if it is absent and may not be downloaded
     * @throws DataException if the download fails
     */
    Path locate(DataFolder folder, String... unpacked) {
        String packed = place + "/" + name;
        String[] paths = Stream.concat(Stream.of(packed), Stream.of(unpacked)).toArray(String[]::new);
        return folder.find(paths).orElseGet(() -> {
            Path target = folder.path().resolve(packed);
            if (url.isEmpty() || !folder.downloadAllowed()) {
                String download = url.isEmpty() ? "" : ", or allow the download with HSCL_DOWNLOAD=true";
                throw new MissingDataException("%s is absent; get it from %s and put it in %s%s"
                        .formatted(name, page, DataFolder.shown(target.getParent()), download));
            }
            return new Download(this, target, folder.listener()).fetch();
        });
    }
}
