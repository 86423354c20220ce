package org.wsnotify.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A TCP relay that can swallow all data, like a firewall that has forgotten its connections: they stay open, and
 * nothing arrives.
 */
public final class BlackHole implements AutoCloseable {
    private final ServerSocket listener;
    private final int target;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private volatile Object era = new Object();
    private volatile boolean swallowing;

    /** Relays from a free loopback port to this port. */
    public BlackHole(int target) {
        this.target = target;
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept);
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Stops relaying, on old and new connections. */
    public void swallow() {
        era = new Object();
        swallowing = true;
    }

    /** Relays new connections again. Old ones stay silent. */
    public void relayNewConnections() {
        swallowing = false;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                sockets.add(client);
                if (!swallowing) {
                    Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                    sockets.add(server);
                    Object born = era;
                    daemon(() -> relay(client, server, born));
                    daemon(() -> relay(server, client, born));
                }
            } catch (IOException e) {
                // the test ends
            }
        }
    }

    private void relay(Socket from, Socket to, Object born) {
        byte[] buffer = new byte[8192];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (born == era) {
                    out.write(buffer, 0, read);
                }
            }
            if (born == era) {
                to.close();
            }
        } catch (IOException e) {
            // one of the two has closed
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "black-hole");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
