package org.wsnotify.it;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A client on the raw WebSocket that joins and is never heard from again, as a laptop that was closed: it reads nothing more and answers no ping. */
final class SilentClient implements AutoCloseable {

    private static final int DEADLINE = (int) Duration.ofSeconds(20).toMillis();
    private static final int TEXT = 0x81;
    private static final int MASKED = 0x80;

    private final Socket socket;

    private SilentClient(Socket socket) {
        this.socket = socket;
    }

    /** Connects and signs in a demo user. */
    static SilentClient joined(int port, String login) {
        try {
            SilentClient client = new SilentClient(new Socket(InetAddress.getLoopbackAddress(), port));
            client.socket.setSoTimeout(DEADLINE);
            client.send(("GET /notification/websocket HTTP/1.1\r\nHost: 127.0.0.1:" + port
                            + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            client.until("\r\n\r\n");
            client.send(
                    frame("{\"name\":\"join\",\"data\":{\"login\":\"" + login + "\",\"password\":\"" + login + "\"}}"));
            client.until("\"name\":\"notification\"");
            return client;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether this side has not cut it. */
    boolean isOpen() {
        return !socket.isClosed();
    }

    /** The connection breaks, without a word (RST). */
    void cut() {
        try {
            if (isOpen()) {
                socket.setSoLinger(true, 0);
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        cut();
    }

    private void send(byte[] bytes) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(bytes);
        out.flush();
    }

    private void until(String text) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        while (!read.toString(StandardCharsets.ISO_8859_1).endsWith(text)) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                throw new AssertionError("closed after " + read.toString(StandardCharsets.ISO_8859_1));
            }
            read.write(next);
        }
    }

    /** A short text frame (RFC 6455, 5.2) with a mask of zeros. */
    private static byte[] frame(String text) {
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(TEXT);
        frame.write(MASKED | payload.length);
        frame.writeBytes(new byte[4]);
        frame.writeBytes(payload);
        return frame.toByteArray();
    }
}
