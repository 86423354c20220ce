package org.wsnotify;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** Ports of this machine for tests, which run beside others. */
public final class Ports {

    /** Below those that systems give to outgoing connections and to whoever asks for any. */
    private static final int FIRST = 20_000;

    /** Each process of a build has so many of its own: two never take the same. */
    private static final int COUNT = 1_500;

    private static final int PROCESSES = 8;
    private static final int OF_THIS_PROCESS =
            FIRST + Math.floorMod(Integer.getInteger("notification.test.fork", 0), PROCESSES) * COUNT;
    private static final int TRIES = 100;

    /** Begins anywhere, because there may be other builds on this machine. */
    private static final AtomicInteger NEXT =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(COUNT));

    private Ports() {}

    /** A port for a server that starts in a moment: nobody has it, and nobody else is given it. */
    public static int free() {
        for (int i = 0; i < TRIES; i++) {
            int port = OF_THIS_PROCESS + Math.floorMod(NEXT.getAndIncrement(), COUNT);
            if (isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no port is free");
    }

    /** The address of such a port. */
    public static InetSocketAddress freeAddress() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), free());
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (BindException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A port at which nobody listens as long as this is open. Whoever connects is refused. */
    public static Socket refusing() {
        Socket taken = new Socket();
        try {
            taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            return taken;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
