package org.wsnotify.it;

import java.io.File;
import java.net.URISyntaxException;
import org.assertj.core.api.Assertions;

/** Jars of the test class path that a test inside the container needs as well. */
final class TestLibraries {

    private TestLibraries() {}

    static File[] assertj() {
        return new File[] {jarOf(Assertions.class), jarOf(net.bytebuddy.ByteBuddy.class)};
    }

    private static File jarOf(Class<?> type) {
        try {
            return new File(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
