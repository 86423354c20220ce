package org.wsnotify.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.wsnotify.client.IpRange;
import org.wsnotify.client.RemoteClient;
import org.wsnotify.login.LoggedLines;

class AccessPolicyTest {

    private final AccessPolicy policy = trusting("10.0.0.0/24", "fd00::/8");

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.0.0.2", "::1", "0:0:0:0:0:0:0:1", "[::1]", "::ffff:127.0.0.1"})
    void callerOnThisHostIsLocal(String peer) {
        assertThat(client(new Exchange().from(peer)).local()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.7", "2001:db8::1", "12.7.0.0.1", "::ffff:192.0.2.7"})
    void callerElsewhereIsNotLocal(String peer) {
        assertThat(client(new Exchange().from(peer)).local()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Forwarded",
                "FORWARDED_FOR",
                "X-Forwarded",
                "X-Forwarded-For",
                "x-forwarded-proto",
                "X-FORWARDED-HOST",
                "Via",
                "vIA",
                "X-Real-IP",
                "X_Forwarded_For",
                "x_real_ip",
                "CF-Connecting-IP",
                "cf_ray",
                "Example-Connecting-IP",
                "EXAMPLE_CONNECTING_IP",
                "Client-IP",
                "ClientIP",
                "True-Client-IP",
                "X-Client-IP",
                "X_CLIENT-IP",
                "X-Cluster-Client-IP",
                "X-Azure-ClientIP",
                "x-azure-CLIENTip",
                "X-Envoy-External-Address",
                "x_envoy_external_address",
                "Fastly-Client-IP",
                "X-Original-Forwarded-For",
                "x_original_url",
                "$WS",
                "$WSSN",
                "$wsra"
            })
    void forwardedRequestIsNotLocal(String header) {
        assertThat(client(new Exchange().header(header, "anything")).local()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Vi",
                "Viable",
                "X-Via",
                "Via-Proxy",
                "Real-IP",
                "X-Real-I",
                "X-Real-IP-Range",
                "Old-X-Real-IP",
                "Forward",
                "Forwarde_d",
                "Not-Forwarded",
                "X-Forward-For",
                "XForwardedFor",
                "Old_X_Forwarded_For",
                "X-Original",
                "X_Original",
                "X-Originally",
                "Original-URL",
                "CF",
                "CFRay",
                "X-CF-Ray",
                "Connecting-IP",
                "ConnectingIP",
                "X-Connecting-IP-Range",
                "Client--IP",
                "Client-I-P",
                "Client-IP-Range",
                "ClientIPs",
                "Client",
                "X-Envoy-External",
                "X-Envoy-External-Addresses",
                "Old-X-Envoy-External-Address",
                "WSSN",
                "$W",
                "X-$WSSN",
                "_Via",
                "Via_"
            })
    void headerWhoseNameOnlyResemblesOneOfAProxyChangesNothing(String header) {
        assertThat(client(new Exchange().header(header, "anything")).local()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example.org", "127.0.0.1.example.org", "192.0.2.1"})
    void foreignNameOfThisHostIsNotLocal(String host) {
        assertThat(client(new Exchange().at(host)).local()).isFalse();
        assertThat(client(new Exchange().at(host).named("localhost")).local()).isFalse();
        assertThat(client(new Exchange().at("localhost").named(host)).local()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:8587", "LOCALHOST", "127.0.0.1:8587", "[::1]:8587", "[::1]"})
    void loopbackNameMayHaveAPort(String host) {
        Exchange exchange = new Exchange().named("localhost").header("Host", host);
        assertThat(client(exchange).local()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "Origin, https://evil.example.org",
        "Origin, null",
        "Origin, http://localhost:3000",
        "Sec-Fetch-Site, cross-site",
        "Sec-Fetch-Site, same-site"
    })
    void pageOfAnotherOriginIsNeverLocal(String header, String value) {
        AccessPolicy open = new AccessPolicy(new Origins(List.of("*")), List.of(), false);
        Exchange exchange =
                new Exchange().at("localhost:8587").named("localhost").header(header, value);
        assertThat(open.clientOf(exchange.request()).local()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "Origin, http://localhost:8587",
        "Sec-Fetch-Site, same-origin",
        "Sec-Fetch-Site, none",
        "Accept, nothing"
    })
    void pageOfTheSameOriginIsLocal(String header, String value) {
        Exchange exchange = new Exchange().named("localhost").header("Host", "localhost:8587");
        assertThat(client(exchange.header(header, value)).local()).isTrue();
    }

    @Test
    void forwardingByAnUntrustedPeerIsDetected() {
        String header = "X-Forwarded-For";
        assertThat(policy.isForwardedByStranger(new Exchange()
                        .from("192.0.2.7")
                        .header(header, "1.2.3.4")
                        .request()))
                .isTrue();
        assertThat(policy.isForwardedByStranger(new Exchange()
                        .from("10.0.0.1")
                        .header(header, "1.2.3.4")
                        .request()))
                .isFalse();
        assertThat(policy.isForwardedByStranger(new Exchange().from("192.0.2.7").request()))
                .isFalse();
    }

    @Test
    void eachUntrustedProxyIsLoggedOnceUpToALimit() {
        try (LoggedLines log = new LoggedLines(ProxyWarning.class)) {
            ProxyWarning warning = new ProxyWarning();
            for (int i = 0; i < 100; i++) {
                warning.forwardedBy("10.9.8.7");
            }
            assertThat(log.lines())
                    .containsExactly("10.9.8.7 forwards requests but is not in notification.trusted-proxies: "
                            + "all its clients count as one address");
            for (int i = 0; i < 100; i++) {
                warning.forwardedBy("192.0.2." + i);
            }
            assertThat(log.lines()).hasSize(20);
        }
    }

    @Test
    void addressFromATrustedProxyIsBelieved() {
        Exchange exchange = new Exchange().from("10.0.0.1").header("X-Forwarded-For", "203.0.113.9");
        assertThat(client(exchange).address()).isEqualTo("203.0.113.9");
    }

    @Test
    void hopsBeyondAnUntrustedAddressAreIgnored() {
        Exchange exchange =
                new Exchange().from("10.0.0.1").header("X-Forwarded-For", "198.51.100.1, 203.0.113.9", " 10.0.0.2 ");
        assertThat(client(exchange).address()).isEqualTo("203.0.113.9");
    }

    @ParameterizedTest
    @CsvSource({
        "fd00::1, 203.0.113.9",
        "FD00:0:0:0:0:0:0:1%eth0, 203.0.113.9:51234",
        "::ffff:10.0.0.1, ::ffff:203.0.113.9",
        "10.0.0.1, 'unknown, 203.0.113.9'"
    })
    void addressIsTheSameHoweverItIsWritten(String peer, String forwardedFor) {
        Exchange exchange = new Exchange().from(peer).header("X-Forwarded-For", forwardedFor);
        assertThat(client(exchange).address()).isEqualTo("203.0.113.9");
    }

    @Test
    void clientInsideTheProxyRangeIsTheFirstHop() {
        Exchange exchange = new Exchange().from("10.0.0.1").header("X-Forwarded-For", "10.0.0.77, 10.0.0.2");
        assertThat(client(exchange).address()).isEqualTo("10.0.0.77");
    }

    @ParameterizedTest
    @ValueSource(strings = {"unknown", "_hidden", "127.0.0.1 local", "proxy.example.org", "::1::"})
    void hopWithoutAValidAddressIsIgnored(String hop) {
        Exchange exchange = new Exchange().from("10.0.0.1").header("X-Forwarded-For", "203.0.113.9, " + hop);
        assertThat(client(exchange)).isEqualTo(new RemoteClient("10.0.0.1", false));
    }

    @Test
    void untrustedPeerCannotNameAnAddress() {
        Exchange exchange = new Exchange().from("192.0.2.7").header("X-Forwarded-For", "203.0.113.9");
        assertThat(client(exchange).address()).isEqualTo("192.0.2.7");
    }

    private static AccessPolicy trusting(String... proxies) {
        return new AccessPolicy(
                new Origins(List.of()), Stream.of(proxies).map(IpRange::of).toList(), false);
    }

    private RemoteClient client(Exchange exchange) {
        return policy.clientOf(exchange.request());
    }
}
