package org.wsnotify.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The bell where something on the way blocks WebSockets. */
abstract class BlockedCases {

    private static final String BELL = "document.querySelector('notification-bell')";
    private static final String STRANGE = "\u00dc \u2028 \ud83d\ude00 \\ \" 'data'";

    private final Windows windows;
    private final String title = "Title " + UUID.randomUUID();

    BlockedCases(Windows windows) {
        this.windows = windows;
    }

    @Test
    void bellIsOnlineOverSockJs() throws Exception {
        DemoPage window = windows.withoutWebSockets()
                .open(windows.server().resolve("/demo/"))
                .signIn("alice");
        window.markAllSeen();
        DemoPage other = windows.signedIn("alice");
        assertThat(window.evaluate("window.handshakes")).isEqualTo(2);
        assertThat(window.evaluate("'SockJS' in window")).isEqualTo(false);

        windows.publish("alice", Map.of("title", title, "content", STRANGE));

        window.waitForRings(1);
        assertThat(window.at("badge")).hasText("1");
        window.openBell();
        assertThat(window.inBell(title).getByTestId("content")).hasText(STRANGE);
        window.inBell(title).getByTestId("seen").click();
        assertThat(other.inInbox(title)).hasAttribute("data-seen", "true");
        assertThat(window.at("badge")).isHidden();
        window.waitUntil("!" + BELL + ".client.inbox.isPending(" + BELL + ".client.inbox.all[0]._id)");
    }

    @Test
    void bellOfAnotherOriginIsOnlineOverSockJs() throws Exception {
        windows.tokensElsewhere(() -> Windows.token("alice", Duration.ofHours(1)));
        URI server = windows.server();
        DemoPage window = windows.showElsewhere(
                windows.withoutWebSockets(), """
                <script type="module" src="%1$sbell.js"></script>
                <notification-bell token-url="%2$s" src="ws://%3$s/notification/websocket"></notification-bell>
                """.formatted(server, ForeignSite.TOKENS, server.getAuthority()));
        window.waitUntil(BELL + ".client.state === 'online'");

        windows.publish("alice", Map.of("title", title, "content", "across origins"));

        window.waitForRings(1);
    }

    @Test
    void connectionOverSockJsThatBreaksIsMadeAgain() throws Exception {
        DemoPage window = windows.withoutWebSockets()
                .open(windows.server().resolve("/demo/"))
                .signIn("alice");
        window.markAllSeen();

        window.offline(true);
        assertThat(window.at("connection-text")).hasText("Offline");
        windows.publish("alice", Map.of("title", title, "content", "missed"));
        window.offline(false);

        assertThat(window.at("connection-text")).hasText("Online");
        window.waitForRings(1);
        assertThat(window.evaluate("window.handshakes")).isEqualTo(2);
    }
}
