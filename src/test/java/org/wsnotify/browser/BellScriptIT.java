package org.wsnotify.browser;

import org.junit.jupiter.api.Nested;

/**
 * The bell's own doing, its looks and its mishaps, in windows of a real browser. A class of its own, so that it can run
 * beside {@link DemoPageIT}.
 */
class BellScriptIT extends WindowsOfOneServer {

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
