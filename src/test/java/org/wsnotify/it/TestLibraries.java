package org.wsnotify.it;

import com.mysql.cj.jdbc.MysqlDataSource;
import java.io.File;
import java.net.URISyntaxException;
import org.assertj.core.api.Assertions;

/** Jars of the test class path that a server also needs. */
final class TestLibraries {

    private TestLibraries() {}

    static File[] assertj() {
        return new File[] {jarOf(Assertions.class), jarOf(net.bytebuddy.ByteBuddy.class)};
    }

    /** The driver of MySQL and MariaDB, for the server's libraries. */
    static File mysql() {
        return jarOf(MysqlDataSource.class);
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
