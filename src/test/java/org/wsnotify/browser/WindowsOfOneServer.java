package org.wsnotify.browser;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests in windows of a real browser. Those of a class share the browser and a server. Each begins without a window, and
 * fails if one of its windows had a script error.
 */
abstract class WindowsOfOneServer {

    @TempDir
    static Path directory;

    /** Those of the class that runs: a process runs one class at a time. */
    static Windows windows;

    @BeforeAll
    static void start() {
        windows = Windows.at(directory);
    }

    @AfterAll
    static void stop() {
        if (windows != null) {
            windows.close();
            windows = null;
        }
    }

    @AfterEach
    void closeWindowsAndExpectNoFaults() {
        windows.closeAll();
    }
}
