package org.wsnotify.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A slow line to a server: forwards connections, and limits how many bytes a second come back over all of them together.
 *
 * <p>Its buffers are small, so that the server feels how slow the client is. Listens on 127.0.0.1. Safe for use by many
 * threads.
 */
public final class ThrottledLink implements AutoCloseable {

    private static final int BUFFER = 4096;
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final ServerSocket listening;
    private final int server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile int bytesPerSecond;
    private long freeAt = System.nanoTime();

    private ThrottledLink(ServerSocket listening, int server, int bytesPerSecond) {
        this.listening = listening;
        this.server = server;
        this.bytesPerSecond = bytesPerSecond;
    }

    /** Opens a link to a port of 127.0.0.1. */
    public static ThrottledLink to(int server, int bytesPerSecond) {
        try {
            ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            ThrottledLink link = new ThrottledLink(listening, server, bytesPerSecond);
            inBackground(link::accept);
            return link;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the port of 127.0.0.1 that clients connect to. */
    public int port() {
        return listening.getLocalPort();
    }

    /** Changes the rate, also for open connections. */
    public void rate(int newBytesPerSecond) {
        bytesPerSecond = newBytesPerSecond;
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = listening.accept();
            open.add(client);
            client.setSendBufferSize(BUFFER);
            Socket upstream = new Socket();
            open.add(upstream);
            upstream.setReceiveBufferSize(BUFFER);
            upstream.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server));
            inBackground(() -> forward(client, upstream, false));
            inBackground(() -> forward(upstream, client, true));
        }
    }

    /** Forwards until one side ends, then ends both. */
    private void forward(Socket from, Socket to, boolean throttled) throws IOException {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[BUFFER];
            for (int length = in.read(buffer, 0, size()); length >= 0; length = in.read(buffer, 0, size())) {
                if (throttled) {
                    Pause.of(Duration.ofNanos(untilSent(length)));
                }
                out.write(buffer, 0, length);
            }
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    /** Returns how much is forwarded at once: what passes in a tenth of a second. */
    private int size() {
        return Math.max(1, Math.min(BUFFER, bytesPerSecond / 10));
    }

    /** Takes the line for some bytes, behind those of other connections, and returns the time until they have passed. */
    private synchronized long untilSent(int bytes) {
        long now = System.nanoTime();
        freeAt = Math.max(freeAt, now) + bytes * SECOND / bytesPerSecond;
        return freeAt - now;
    }

    private interface Forwarding {
        void run() throws IOException;
    }

    private static void inBackground(Forwarding forwarding) {
        Thread thread = new Thread(
                () -> {
                    try {
                        forwarding.run();
                    } catch (IOException e) {
                        // one side has closed
                    }
                },
                "throttled link");
        thread.setDaemon(true);
        thread.start();
    }

    /** Cuts all connections, and accepts none any more. */
    @Override
    public void close() {
        try {
            listening.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
