package org.wsnotify.browser;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/**
 * The bell's own doing, its looks and its mishaps, in windows of a real browser. A class of its own, so that it can run
 * beside {@link DemoPageIT}.
 */
class BellScriptIT {

    @TempDir
    static Path directory;

    private static Windows windows;

    @BeforeAll
    static void start() {
        windows = Windows.at(directory);
    }

    @AfterAll
    static void stop() {
        if (windows != null) {
            windows.close();
        }
    }

    @AfterEach
    void closeWindowsAndExpectNoFaults() {
        windows.closeAll();
    }

    /** Uses the same server. */
    @Nested
    class BellBehaviour extends BellBehaviourCases {
        BellBehaviour() {
            super(windows);
        }
    }

    /** Uses the same server. */
    @Nested
    class BellMishap extends BellMishapCases {
        BellMishap() {
            super(windows);
        }
    }

    /** Uses the same server. */
    @Nested
    class BellLook extends BellLookCases {
        BellLook() {
            super(windows);
        }
    }
}
