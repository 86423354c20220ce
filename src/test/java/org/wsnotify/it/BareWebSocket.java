package org.wsnotify.it;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A WebSocket over a plain connection (RFC 6455) that reads only on request and answers no ping. */
final class BareWebSocket implements AutoCloseable {

    private static final int DEADLINE = (int) Duration.ofSeconds(20).toMillis();
    private static final int RECEIVE_BUFFER = 4096;

    /** Open Liberty closes a connection on which thousands of frames arrive at once. */
    private static final int AT_ONCE = 500;

    private static final int FINAL = 0x80;
    private static final int TEXT = 1;
    private static final int CLOSE = 8;
    private static final int PONG = 10;
    private static final int TYPES = 0xf;
    private static final int SHORT = 125;
    private static final int MEDIUM = 126;
    private static final int LONG = 127;

    private final Socket socket = new Socket();
    private final DataInputStream in;

    private BareWebSocket(int port) throws IOException {
        socket.setReceiveBufferSize(RECEIVE_BUFFER);
        socket.setSoTimeout(DEADLINE);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        in = new DataInputStream(socket.getInputStream());
        write(("GET /notification/websocket HTTP/1.1\r\nHost: 127.0.0.1:" + port
                        + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
    }

    private record Frame(int type, ByteBuffer payload) {
        String text() {
            return StandardCharsets.UTF_8.decode(payload.duplicate()).toString();
        }
    }

    /** Connects, and signs in a demo user. */
    static BareWebSocket joined(int port, String login, String password) {
        try {
            BareWebSocket socket = new BareWebSocket(port);
            String join =
                    "{\"name\":\"join\",\"data\":{\"login\":\"" + login + "\",\"password\":\"" + password + "\"}}";
            socket.send(TEXT, join.getBytes(StandardCharsets.US_ASCII));
            while (!socket.next().text().contains("\"joined\"")) {
                // A ping may come before.
            }
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Returns the code with which the server closes a connection that sends a text of this size, even if the server
     * does not read all of it.
     */
    static int closeCodeAfter(int port, int characters) {
        try (BareWebSocket socket = new BareWebSocket(port)) {
            socket.sendToTheEnd(characters);
            return socket.awaitClose();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void sendToTheEnd(int characters) {
        try {
            send(TEXT, "x".repeat(characters).getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            // it was closed meanwhile; what the server said before is still to be read
        }
    }

    /** A sign of life that needs no ping. */
    void pong() {
        try {
            send(PONG, new byte[0]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Connects and sends part of a frame that is announced as larger, as much of it as the server reads. */
    static BareWebSocket unfinished(int port, long announced, int megabytes) throws IOException {
        BareWebSocket socket = new BareWebSocket(port);
        try {
            socket.write(ByteBuffer.allocate(14)
                    .put((byte) (FINAL | TEXT))
                    .put((byte) (FINAL | LONG))
                    .putLong(announced)
                    .array());
            byte[] megabyte = new byte[1 << 20];
            for (int i = 0; i < megabytes; i++) {
                socket.write(megabyte);
            }
        } catch (IOException e) {
            // the server has enough
        }
        return socket;
    }

    /** Sends many signs of life, one frame each. Waits from time to time until the server has read them. */
    void pongs(int count) {
        for (int sent = 0; sent < count; sent += AT_ONCE) {
            pongsAtOnce();
        }
    }

    private void pongsAtOnce() {
        try {
            ByteArrayOutputStream frames = new ByteArrayOutputStream();
            for (int i = 0; i < AT_ONCE; i++) {
                frames.writeBytes(new byte[] {(byte) (FINAL | PONG), (byte) FINAL, 0, 0, 0, 0});
            }
            write(frames.toByteArray());
            send(TEXT, "{\"name\":\"content\",\"data\":{\"page\":9999}}".getBytes(StandardCharsets.US_ASCII));
            while (!next().text().contains("9999")) {
                // Other frames may come before.
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Closes the connection as a browser does, and waits until the server has closed it too. */
    void leave() {
        try {
            send(CLOSE, new byte[] {3, (byte) 0xe8});
            awaitClose();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            close();
        }
    }

    /** Breaks the connection without a close frame (RST). */
    void cut() {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads until the server closes, answers nothing, and returns the close code. */
    int awaitClose() {
        try {
            Frame frame = next();
            while (frame.type() != CLOSE) {
                frame = next();
            }
            return frame.payload().getShort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Frame next() throws IOException {
        int type = in.readUnsignedByte() & TYPES;
        int length = in.readUnsignedByte();
        if (length == MEDIUM) {
            length = in.readUnsignedShort();
        } else if (length == LONG) {
            length = (int) in.readLong();
        }
        byte[] payload = new byte[length];
        in.readFully(payload);
        return new Frame(type, ByteBuffer.wrap(payload));
    }

    /** Sends one frame, masked with zeros. */
    private void send(int type, byte[] payload) throws IOException {
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

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
