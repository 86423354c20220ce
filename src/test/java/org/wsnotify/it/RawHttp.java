package org.wsnotify.it;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** One request on a separate connection, sent unchanged, and its answer chunk by chunk. */
final class RawHttp implements AutoCloseable {

    private static final int DEADLINE = (int) Duration.ofSeconds(20).toMillis();

    private final Socket socket;
    private final InputStream in;
    private final Map<String, String> headers = new TreeMap<>();
    private int status;

    private RawHttp(int port) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(DEADLINE);
            in = socket.getInputStream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * @param target the target in the request line, unchanged
     * @param headers lines such as {@code Origin: test}; the default Host is the server's address
     */
    static RawHttp send(String method, int port, String target, String body, String... headers) {
        RawHttp request = new RawHttp(port);
        boolean named = Stream.of(headers).anyMatch(line -> line.startsWith("Host:"));
        request.send(method + " " + target + " HTTP/1.1\r\n"
                + (named ? "" : "Host: 127.0.0.1:" + port + "\r\n")
                + "Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length + "\r\n"
                + (headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n") + "\r\n");
        request.send(body);
        return request;
    }

    /** Sends the head of a request whose body does not come. */
    static RawHttp announce(int port, String target, int length, String... headers) {
        RawHttp request = new RawHttp(port);
        request.send("POST " + target + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nContent-Length: " + length
                + "\r\n"
                + String.join("", Stream.of(headers).map(line -> line + "\r\n").toList()) + "\r\n");
        return request;
    }

    /** Sends the head of a request whose body comes in chunks. */
    static RawHttp chunked(int port, String target, String... headers) {
        RawHttp request = new RawHttp(port);
        request.send("POST " + target + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nTransfer-Encoding: chunked\r\n"
                + String.join("\r\n", headers) + "\r\n\r\n");
        return request;
    }

    /** Sends the next part of the body. */
    void send(String piece) {
        try {
            socket.getOutputStream().write(piece.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns whether an answer has begun. */
    boolean isAnswered() {
        try {
            return in.available() > 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads the head of the answer. */
    RawHttp head() {
        status = Integer.parseInt(line().split(" ", 3)[1]);
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return this;
    }

    int status() {
        return status;
    }

    String header(String name) {
        return headers.getOrDefault(name, "");
    }

    /** Returns the next chunk; empty at the end. */
    String chunk() {
        String chunk = read(Integer.parseInt(line(), 16));
        line();
        return chunk;
    }

    /** Reads chunks until a text has arrived. A server may put several frames into one chunk. */
    void until(String text) {
        StringBuilder read = new StringBuilder();
        while (read.indexOf(text) < 0) {
            String chunk = chunk();
            if (chunk.isEmpty()) {
                throw new AssertionError("the response ended after " + read);
            }
            read.append(chunk);
        }
    }

    /** Returns the whole body. */
    String body() {
        if (!header("transfer-encoding").equals("chunked")) {
            return header("content-length").isEmpty() ? "" : read(Integer.parseInt(header("content-length")));
        }
        StringBuilder body = new StringBuilder();
        for (String chunk = chunk(); !chunk.isEmpty(); chunk = chunk()) {
            body.append(chunk);
        }
        return body.toString();
    }

    private String read(int bytes) {
        try {
            return new String(in.readNBytes(bytes), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String line() {
        try {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
                if (b != '\r') {
                    line.write(b);
                }
            }
            return line.toString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
