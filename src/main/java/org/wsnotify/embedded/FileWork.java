package org.wsnotify.embedded;

import java.nio.file.Path;
import java.util.function.Supplier;
import org.wsnotify.notification.StoreUnavailableException;

/** How the file is read and written: without interrupts, and with failures that name the file. */
record FileWork(Path file) {

    /**
     * Runs the work. An interrupt while the file is read or written would close it for all threads, so the thread gets
     * it afterwards.
     *
     * @throws StoreUnavailableException the work failed
     */
    <T> T run(Supplier<T> work) {
        boolean interrupted = Thread.interrupted();
        try {
            return work.get();
        } catch (StoreUnavailableException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new StoreUnavailableException("The embedded store " + file + " failed: " + FileTrouble.words(e), e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
