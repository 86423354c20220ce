package org.wsnotify.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EhloNameTest {

    @ParameterizedTest
    @ValueSource(strings = {"bell.example.org", "bell", "[192.0.2.1]", "[IPv6:2001:db8::1]"})
    void domainOrAddressLiteralIsAName(String name) {
        assertThat(EhloName.isValid(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "192.0.2.1",
                "[192.0.2.256]",
                "a b",
                "a.example\r\nRSET",
                "-a.example",
                "a..b",
                "[]",
                "a_b.example"
            })
    void otherTextIsNotAName(String name) {
        assertThat(EhloName.isValid(name)).isFalse();
    }

    @Test
    void hostNameWithoutADotIsReplacedByTheAddress() throws UnknownHostException {
        InetAddress four = InetAddress.getByName("192.0.2.1");

        assertThat(EhloName.of("bell.example.org", four)).isEqualTo("bell.example.org");
        assertThat(EhloName.of("3f2a9c", four)).isEqualTo("[192.0.2.1]");
        assertThat(EhloName.of("not_a.name", four)).isEqualTo("[192.0.2.1]");
        assertThat(EhloName.of("3f2a9c", InetAddress.getByName("2001:db8::1")))
                .isEqualTo("[IPv6:2001:db8:0:0:0:0:0:1]");
    }
}
