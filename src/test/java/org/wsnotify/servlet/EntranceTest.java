package org.wsnotify.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wsnotify.session.RemoteClient;

class EntranceTest {

    private final Entrance entrance = new Entrance(new Origins(List.of()), Set.of("10.0.0.1", "10.0.0.2"), false);

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.0.0.2", "::1", "0:0:0:0:0:0:0:1", "[::1]", "::ffff:127.0.0.1"})
    void aCallerOnThisHostIsLocal(String peer) {
        assertThat(client(new Exchange().from(peer)).local()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.7", "2001:db8::1", "12.7.0.0.1", "::ffff:192.0.2.7"})
    void aCallerElsewhereIsNot(String peer) {
        assertThat(client(new Exchange().from(peer)).local()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Forwarded", "X-Forwarded-For", "x-forwarded-proto", "X-FORWARDED-HOST", "Via"})
    void whatAProxyOnThisHostForwardsIsNotLocal(String header) {
        assertThat(client(new Exchange().header(header, "anything")).local()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example.org", "127.0.0.1.example.org", "192.0.2.1"})
    void aForeignNameThatPointsHereIsNotLocal(String host) {
        assertThat(client(new Exchange().at(host)).local()).isFalse();
    }

    @Test
    void theAddressThatATrustedProxyNamesIsBelieved() {
        Exchange exchange = new Exchange().from("10.0.0.1").header("X-Forwarded-For", "203.0.113.9");
        assertThat(client(exchange).address()).isEqualTo("203.0.113.9");
    }

    @Test
    void whatStandsBeforeTheFirstUntrustedAddressIsNotBelieved() {
        Exchange exchange =
                new Exchange().from("10.0.0.1").header("X-Forwarded-For", "198.51.100.1, 203.0.113.9", " 10.0.0.2 ");
        assertThat(client(exchange).address()).isEqualTo("203.0.113.9");
    }

    @Test
    void whoeverIsNoTrustedProxyCannotNameAnAddress() {
        Exchange exchange = new Exchange().from("192.0.2.7").header("X-Forwarded-For", "203.0.113.9");
        assertThat(client(exchange).address()).isEqualTo("192.0.2.7");
    }

    private RemoteClient client(Exchange exchange) {
        return entrance.clientOf(exchange.request());
    }
}
