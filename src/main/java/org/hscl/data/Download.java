package org.hscl.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;

/**
 * Fetches one file: beside its place as {@code NAME.part}, which a later attempt continues, then checked, then moved in
 * one step, so that a file in its place is always whole.
 */
final class Download {

    private static final int OK = 200;
    private static final int PARTIAL = 206;
    private static final int NOTHING_LEFT = 416;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final RemoteFile file;
    private final Path target;
    private final Path part;
    private final DownloadListener listener;
    private final Duration patience;

    Download(RemoteFile file, Path target, DownloadListener listener) {
        this(file, target, listener, PATIENCE);
    }

    /** With another time after which a silent server is given up. */
    Download(RemoteFile file, Path target, DownloadListener listener, Duration patience) {
        this.file = file;
        this.target = target;
        this.listener = listener;
        this.patience = patience;
        part = target.resolveSibling(file.name() + ".part");
    }

    /**
     * Downloads.
     *
     * @return the file's place
     * @throws DataException if the server refuses, the connection breaks, the checksum differs or the disk is full; what
     *     has arrived is kept unless it is wrong
     */
    Path fetch() {
        try {
            Files.createDirectories(target.toAbsolutePath().getParent());
            receive();
            check();
            return Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (InterruptedException | InterruptedIOException e) {
            Thread.currentThread().interrupt();
            throw new DataException(
                    "The download of %s was interrupted; ask again to continue it".formatted(file.name()), e);
        } catch (IOException e) {
            throw new DataException(
                    "The download of %s from %s failed (%s); ask again to continue it, or get it from %s and put it in %s"
                            .formatted(file.name(), file.url(), e, file.page(), target.getParent()),
                    e);
        }
    }

    private void receive() throws IOException, InterruptedException {
        long have = Files.exists(part) ? Files.size(part) : 0;
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(file.url())).timeout(patience);
        if (have > 0) {
            request.header("Range", "bytes=" + have + "-");
        }
        HttpClient client = HttpClient.newBuilder()
                .connectTimeout(patience)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        HttpResponse<InputStream> response = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            switch (response.statusCode()) {
                case OK -> copy(body, 0, response);
                case PARTIAL -> copy(body, have, response);
                case NOTHING_LEFT -> {} // the part is whole, or the checksum will tell
                default -> throw new IOException("the server answered " + response.statusCode());
            }
        }
    }

    private void copy(InputStream body, long have, HttpResponse<?> response) throws IOException {
        long length = response.headers().firstValueAsLong("Content-Length").orElse(-1);
        long total = length < 0 ? -1 : have + length;
        StandardOpenOption mode = have > 0 ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING;
        long received = have;
        try (OutputStream out = Files.newOutputStream(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE, mode);
                DownloadListener.Meter meter = listener.started(file.name(), total);
                StallGuard guard = new StallGuard(body, patience)) {
            byte[] buffer = new byte[1 << 16];
            for (int n = guard.read(buffer); n >= 0; n = guard.read(buffer)) {
                if (Thread.interrupted()) {
                    throw new InterruptedIOException();
                }
                out.write(buffer, 0, n);
                received += n;
                meter.received(received);
            }
        }
        if (received < total) {
            throw new IOException("the connection ended after %d of %d bytes".formatted(received, total));
        }
    }

    private void check() throws IOException {
        String actual;
        try {
            MessageDigest digest = MessageDigest.getInstance(file.algorithm());
            try (InputStream in = new DigestInputStream(Files.newInputStream(part), digest)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
            actual = HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java has no " + file.algorithm(), e);
        }
        if (!actual.equals(file.checksum())) {
            Files.delete(part);
            throw new DataException(
                    "%s from %s has the %s %s instead of %s, so it was removed; ask again, or get it from %s"
                            .formatted(
                                    file.name(), file.url(), file.algorithm(), actual, file.checksum(), file.page()));
        }
    }
}
