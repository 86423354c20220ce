package org.wsnotify.it;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Sends signals to processes. */
final class Signal {

    private Signal() {}

    /** @param name without SIG, as in {@code STOP} */
    static void send(String name, long pid) {
        try {
            int status = new ProcessBuilder("kill", "-" + name, String.valueOf(pid))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new IllegalStateException("kill -" + name + " " + pid + " failed");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
