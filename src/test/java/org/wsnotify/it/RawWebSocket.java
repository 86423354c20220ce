package org.wsnotify.it;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A WebSocket over a bare connection (RFC 6455): nothing is read and no ping is answered by itself. */
final class RawWebSocket implements AutoCloseable {

    private static final int DEADLINE = (int) Duration.ofSeconds(20).toMillis();
    private static final int RECEIVE_BUFFER = 4096;
    private static final int FINAL = 0x80;
    private static final int TEXT = 1;
    private static final int CLOSE = 8;
    private static final int PONG = 10;
    private static final int SHORT = 125;
    private static final int LONG = 127;

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

    /** The code with which the server closes a connection that sends so large a text, also when it does not take all of it in. */
    static int closeCodeAfter(int port, int characters) {
        try (RawWebSocket socket = new RawWebSocket(port)) {
            socket.sendToTheEnd(characters);
            return socket.readCloseCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void sendToTheEnd(int characters) {
        try {
            frame(TEXT, "x".repeat(characters).getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            // it was closed meanwhile; what the server said before is still to be read
        }
    }

    private int readCloseCode() throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        int type = in.readUnsignedByte();
        int length = in.readUnsignedByte();
        while (type != (FINAL | CLOSE)) {
            in.skipNBytes(length);
            type = in.readUnsignedByte();
            length = in.readUnsignedByte();
        }
        return in.readUnsignedShort();
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

    /** One frame, masked with zeros. */
    private void frame(int type, byte[] payload) throws IOException {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(FINAL | type);
        if (payload.length <= SHORT) {
            frame.write(FINAL | payload.length);
        } else {
            frame.write(FINAL | LONG);
            frame.writeBytes(
                    ByteBuffer.allocate(Long.BYTES).putLong(payload.length).array());
        }
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
