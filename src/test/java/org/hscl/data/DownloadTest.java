package org.hscl.data;

import static org.hscl.data.Fixtures.assertSentence;
import static org.hscl.data.Fixtures.folder;
import static org.hscl.data.Fixtures.write;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadTest {

    private static final byte[] CONTENT =
            "some thousand pictures".repeat(10_000).getBytes();

    @TempDir
    Path data;

    private final List<String> ranges = new ArrayList<>();
    private final List<Long> progress = new ArrayList<>();
    private HttpServer server;
    private boolean ranged = true;
    private int breakAfter = Integer.MAX_VALUE;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/set.bin", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String range = exchange.getRequestHeaders().getFirst("Range");
        ranges.add(String.valueOf(range));
        int start = range == null || !ranged ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
        if (start >= CONTENT.length) {
            exchange.sendResponseHeaders(416, -1);
        } else {
            exchange.sendResponseHeaders(start > 0 ? 206 : 200, CONTENT.length - start);
            exchange.getResponseBody().write(CONTENT, start, Math.min(breakAfter, CONTENT.length - start));
        }
        exchange.close();
    }

    private RemoteFile file(String path, byte[] expected) throws Exception {
        String url = "http://localhost:" + server.getAddress().getPort() + path;
        String sum =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(expected));
        return new RemoteFile("sets", "set.bin", "https://example.org/page", url, "SHA-256", sum);
    }

    private Path fetch(RemoteFile file) {
        return file.locate(folder(data).withDownload(true).withListener(this::follow));
    }

    private DownloadListener.Meter follow(String name, long total) {
        return new DownloadListener.Meter() {
            @Override
            public void received(long bytes) {
                progress.add(bytes);
            }

            @Override
            public void close() {
                progress.add(-total);
            }
        };
    }

    private Path part() {
        return data.resolve("sets/set.bin.part");
    }

    @Test
    void aFileArrivesWholeWithProgressAndOnlyOnce() throws Exception {
        Path there = fetch(file("/set.bin", CONTENT));
        assertEquals(data.resolve("sets/set.bin"), there);
        assertArrayEquals(CONTENT, Files.readAllBytes(there));
        assertFalse(Files.exists(part()));
        assertTrue(
                progress.contains((long) CONTENT.length) && progress.contains((long) -CONTENT.length),
                progress.toString());
        fetch(file("/set.bin", CONTENT));
        assertEquals(1, ranges.size());
    }

    @Test
    void nothingIsDownloadedWithoutPermission() throws Exception {
        RemoteFile file = file("/set.bin", CONTENT);
        assertSentence(() -> file.locate(folder(data)), "set.bin", "https://example.org/page", data.resolve("sets"));
        assertTrue(ranges.isEmpty());
        assertFalse(DataFolder.defaults().downloadAllowed());
    }

    @Test
    void aBrokenDownloadIsContinued() throws Exception {
        breakAfter = 70_000;
        RemoteFile file = file("/set.bin", CONTENT);
        assertSentence(() -> fetch(file), "set.bin", "example.org");
        long kept = Files.size(part());
        assertTrue(kept > 0 && kept <= 70_000, "kept " + kept);
        breakAfter = Integer.MAX_VALUE;
        assertArrayEquals(CONTENT, Files.readAllBytes(fetch(file)));
        assertEquals(List.of("null", "bytes=" + kept + "-"), ranges);
    }

    @Test
    void aServerThatFallsSilentIsGivenUpAndWhatHasComeIsKept() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        server.createContext("/silent", exchange -> {
            exchange.sendResponseHeaders(200, CONTENT.length);
            exchange.getResponseBody().write(CONTENT, 0, 70_000);
            exchange.getResponseBody().flush();
            await(over);
        });
        Files.createDirectories(data.resolve("sets"));
        Download silent = new Download(
                file("/silent", CONTENT), data.resolve("sets/set.bin"), this::follow, Duration.ofSeconds(1));
        assertSentence(silent::fetch, "nothing has come for 1.0 seconds", "ask again to continue it");
        over.countDown();
        assertEquals(70_000, Files.size(part()));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aServerWithoutRangesStartsAnew() throws Exception {
        write(part(), "rubbish".getBytes());
        ranged = false;
        assertArrayEquals(CONTENT, Files.readAllBytes(fetch(file("/set.bin", CONTENT))));
    }

    @Test
    void aPartThatIsAlreadyWholeIsOnlyChecked() throws Exception {
        write(part(), CONTENT);
        assertArrayEquals(CONTENT, Files.readAllBytes(fetch(file("/set.bin", CONTENT))));
    }

    @Test
    void aWrongChecksumRemovesTheFile() throws Exception {
        RemoteFile file = file("/set.bin", Arrays.copyOf(CONTENT, 10));
        assertSentence(() -> fetch(file), "set.bin", "SHA-256", file.checksum());
        assertFalse(Files.exists(part()) || Files.exists(data.resolve("sets/set.bin")));
    }

    @Test
    void refusalsAndDeadServersAreNamed() throws Exception {
        RemoteFile absent = file("/other", CONTENT);
        assertSentence(() -> fetch(absent), "set.bin", "404");
        server.stop(0);
        assertSentence(() -> fetch(absent), "set.bin", absent.url());
    }
}
