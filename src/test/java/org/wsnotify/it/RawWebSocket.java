package org.wsnotify.it;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A WebSocket over a bare connection (RFC 6455): nothing is read and no ping is answered by itself. */
final class RawWebSocket implements AutoCloseable {

    private static final int DEADLINE = (int) Duration.ofSeconds(20).toMillis();
    private static final int RECEIVE_BUFFER = 4096;
    private static final int FINAL = 0x80;
    private static final int TEXT = 1;
    private static final int PONG = 10;

    private final Socket socket = new Socket();

    private RawWebSocket(int port) throws IOException {
        socket.setReceiveBufferSize(RECEIVE_BUFFER);
        socket.setSoTimeout(DEADLINE);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        write(("GET /notification/websocket HTTP/1.1\r\nHost: 127.0.0.1:" + port
                        + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        readUntil("\r\n\r\n");
    }

    /** Connects, and signs in a demo user. */
    static RawWebSocket joined(int port, String login, String password) {
        try {
            RawWebSocket socket = new RawWebSocket(port);
            String join =
                    "{\"name\":\"join\",\"data\":{\"login\":\"" + login + "\",\"password\":\"" + password + "\"}}";
            socket.frame(TEXT, join.getBytes(StandardCharsets.US_ASCII));
            socket.readUntil("\"joined\"");
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A sign of life that needs no ping. */
    void pong() {
        try {
            frame(PONG, new byte[0]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads and answers nothing until the server ends the connection. */
    void awaitEnd() throws IOException {
        socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    }

    /** One frame of at most 125 bytes, masked with zeros. */
    private void frame(int type, byte[] payload) throws IOException {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(FINAL | type);
        frame.write(FINAL | payload.length);
        frame.writeBytes(new byte[4]);
        frame.writeBytes(payload);
        write(frame.toByteArray());
    }

    private void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    private void readUntil(String text) throws IOException {
        StringBuilder read = new StringBuilder();
        while (read.indexOf(text) < 0) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                throw new IOException("the connection ended after " + read);
            }
            read.append((char) next);
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
