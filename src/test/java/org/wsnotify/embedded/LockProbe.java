package org.wsnotify.embedded;

import java.nio.file.Path;
import org.wsnotify.notification.StoreUnavailableException;

/** A separate process that tries to use a folder, and prints whether it could. */
final class LockProbe {

    static final String FREE = "free";

    private LockProbe() {}

    public static void main(String[] arguments) {
        try (StoreFolder folder = StoreFolder.prepare(Path.of(arguments[0]))) {
            folder.requireWritable();
            System.out.println(FREE);
        } catch (StoreUnavailableException e) {
            System.out.println(e.getMessage());
        }
    }
}
