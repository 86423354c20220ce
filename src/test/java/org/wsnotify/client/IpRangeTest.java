package org.wsnotify.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpRangeTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "192.0.2.1, ::ffff:192.0.2.1",
        "::ffff:c000:201, 192.0.2.1",
        "::ffff:10.0.0.0/104, 10.255.0.1",
        "10.0.0.0/8, 10.255.255.255",
        "172.16.0.0/12, 172.31.255.255",
        "192.0.2.254/31, 192.0.2.255",
        "0.0.0.0/0, 203.0.113.9",
        "::1, 0:0:0:0:0:0:0:1",
        "0:0:0:0:0:0:0:1, [::1]",
        "2001:DB8::/32, 2001:db8:ffff::1",
        "fe80::/10, fe80::1%eth0",
        "::/0, 2001:db8::1"
    })
    void addressIsInItsRangeInEveryNotation(String range, String address) {
        assertThat(contains(range, address)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.2",
        "10.0.0.0/8, 11.0.0.0",
        "172.16.0.0/12, 172.32.0.0",
        "2001:db8::/33, 2001:db8:8000::",
        "::1, 127.0.0.1",
        "::/0, 192.0.2.1",
        "0.0.0.0/0, 2001:db8::1"
    })
    void otherAddressesAreNotInTheRange(String range, String address) {
        assertThat(contains(range, address)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "proxy.example.org",
                "proxy.example.org/24",
                "10.0.0",
                "10.1",
                "167772161",
                "010.0.0.1",
                "0x0a.0.0.1",
                "10.0.0.256",
                "10.0.0.*",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/",
                "10.0.0.0/8/8",
                "10.0.0.0/255.0.0.0",
                "::1/129",
                "::ffff:10.0.0.0/95",
                "::1::",
                "fe80::1%eth0",
                "[::1]",
                "abcd",
                ":",
                ""
            })
    void anythingButALiteralIsRefusedAndNotLookedUp(String text) {
        assertThatThrownBy(() -> IpRange.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        text + ", which is not an IP address or a range such as 10.0.0.0/8; names are not looked up");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1/8", "2001:db8::1/64", "192.0.2.255/31"})
    void addressWithAShorterPrefixIsRefused(String text) {
        assertThatThrownBy(() -> IpRange.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("either the address or the range");
    }

    @Test
    void subscriberHasOneIpv4AddressAndManyIpv6Addresses() {
        assertThat(IpAddress.subscriberOf("192.0.2.1"))
                .isEqualTo("192.0.2.1")
                .isEqualTo(IpAddress.subscriberOf("::ffff:192.0.2.1"));
        assertThat(IpAddress.subscriberOf("2001:db8:0:1ff::1"))
                .isEqualTo(IpAddress.subscriberOf("2001:db8:0:100:ffff::"));
        assertThat(IpAddress.subscriberOf("2001:db8:0:200::1"))
                .isNotEqualTo(IpAddress.subscriberOf("2001:db8:0:1ff::1"));
    }

    private static boolean contains(String range, String address) {
        return IpRange.of(range).contains(IpAddress.parse(address).orElseThrow());
    }
}
