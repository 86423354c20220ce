package org.wsnotify.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.Scanner;
import org.junit.jupiter.api.Test;

class ConnectionSettingsTest {

    private static final long MEGABYTE = 1 << 20;

    @Test
    void connectionsFitIntoTheHeap() {
        assertThat(ConnectionSettings.connectionsFor(512 * MEGABYTE, OptionalLong.empty()))
                .isEqualTo(10_922);
        assertThat(ConnectionSettings.connectionsFor(512 * MEGABYTE, OptionalLong.of(65_536)))
                .isEqualTo(10_922);
    }

    @Test
    void connectionsLeaveFileDescriptorsForEverythingElse() {
        assertThat(ConnectionSettings.connectionsFor(1024 * MEGABYTE, OptionalLong.of(20_000)))
                .isEqualTo(19_000);
        assertThat(ConnectionSettings.connectionsFor(1024 * MEGABYTE, OptionalLong.of(1024)))
                .isEqualTo(512);
    }

    @Test
    void thereIsAlwaysRoomForAConnection() {
        assertThat(ConnectionSettings.connectionsFor(1, OptionalLong.of(1))).isOne();
    }

    @Test
    void limitOfFileDescriptorsIsThatOfTheProcess() throws Exception {
        Path limits = Path.of("/proc/self/limits");
        assumeTrue(Files.exists(limits), "only Linux has it as a file");
        String line = Files.readAllLines(limits).stream()
                .filter(one -> one.startsWith("Max open files"))
                .findFirst()
                .orElseThrow();

        String soft = new Scanner(line.substring("Max open files".length())).next();
        assertThat(FileDescriptors.limit())
                .isEqualTo(soft.equals("unlimited") ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(soft)));
    }
}
