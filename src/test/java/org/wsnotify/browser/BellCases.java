package org.wsnotify.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The bell on other sites' pages, and by keyboard. */
abstract class BellCases {

    private static final String BELL = "document.querySelector('notification-bell')";

    private final Windows windows;
    private final String title = "Title " + UUID.randomUUID();

    BellCases(Windows windows) {
        this.windows = windows;
    }

    @Test
    void tagFromTheReadmeRingsOnAPageOfAnotherOrigin() throws Exception {
        windows.tokensElsewhere(() -> Windows.token("alice", Duration.ofHours(1)));
        DemoPage window = windows.showElsewhere(windows.blank(), tagOfTheReadme());
        waitForState(window, "online");

        windows.publish("alice", Map.of("title", title, "content", "across origins"));

        window.waitForRings(1);
        window.openBell();
        assertThat(window.inBell(title)).hasAttribute("data-seen", "false");
    }

    /** The application of the README, run by Node.js as it stands there but for the ports. */
    @Test
    void applicationOfTheReadmeHasABellThatRings() throws Exception {
        Path script = Files.createTempFile("app", ".mjs");
        Process application = null;
        try {
            Files.writeString(
                    script,
                    example("javascript")
                            .replace("localhost:8587", windows.server().getAuthority())
                            .replace(
                                    "3000", String.valueOf(windows.application().getPort())));
            ProcessBuilder node = new ProcessBuilder(NpmProject.nodeExecutable(), script.toString()).inheritIO();
            node.environment().put("NOTIFICATION_TOKEN_SECRET", Windows.SECRET);
            application = node.start();
            DemoPage window = windows.blank();
            window.waitFor(() -> isListening(windows.application()));
            window.open(windows.application());
            waitForState(window, "online");

            windows.publish("42", Map.of("title", title, "content", "It works."));

            window.waitForRings(1);
        } finally {
            if (application != null) {
                application.destroyForcibly();
            }
            Files.delete(script);
        }
    }

    @Test
    void tokenIsRenewedOnTheSameConnection() throws Exception {
        Queue<String> tokens = new ConcurrentLinkedQueue<>();
        tokens.add(Windows.token("alice", Duration.ofSeconds(-52))); // ends in eight seconds
        AtomicInteger asked = new AtomicInteger();
        windows.tokensElsewhere(() -> {
            asked.incrementAndGet();
            return Optional.ofNullable(tokens.poll()).orElseGet(() -> Windows.token("alice", Duration.ofHours(1)));
        });
        DemoPage window = windows.blank();
        Cable cable = window.cable();
        windows.showElsewhere(window, tagOfTheReadme());
        waitForState(window, "online");

        window.waitUntil("Date.now() > " + Instant.now().plusSeconds(9).toEpochMilli());

        windows.publish("alice", Map.of("title", title, "content", "after the first token"));
        window.waitForRings(1);
        assertThat(cable.tries()).isEqualTo(1);
        assertThat(asked).hasValue(2);
    }

    @Test
    void backEndThatKnowsNobodySignsOutAndOneThatFailsIsAskedAgain() throws Exception {
        Queue<String> answers = new ConcurrentLinkedQueue<>(List.of("", Windows.token("alice", Duration.ofHours(1))));
        windows.tokensElsewhere(answers::poll);
        DemoPage window = windows.blank();
        Cable cable = window.cable();
        windows.showElsewhere(window, tagOfTheReadme());
        waitForState(window, "online");
        assertThat(cable.tries()).isEqualTo(2);

        cable.hangUp(4001, "");

        waitForState(window, "refused");
        assertThat(window.evaluate(BELL + ".client.reason.code")).isEqualTo("signed-out");
    }

    @Test
    void refusedTokenIsNotSentAgainAndSigningInAgainNeedsNoNewPage() throws Exception {
        windows.tokensElsewhere(() -> "e30.e30.e30");
        DemoPage window = windows.showElsewhere(windows.blank(), tagOfTheReadme());
        waitForState(window, "refused");
        assertThat(window.evaluate(BELL + ".client.reason.code")).isEqualTo("token-refused");

        windows.tokensElsewhere(() -> Windows.token("alice", Duration.ofHours(1)));
        String signIn = "() => { " + BELL + ".setAttribute('token-url', '" + ForeignSite.TOKENS + "'); }";
        window.evaluate(signIn);
        waitForState(window, "online");
        window.evaluate("() => { " + BELL + ".removeAttribute('token-url'); }");
        waitForState(window, "signed-out");
        window.evaluate(signIn);
        waitForState(window, "online");
    }

    @Test
    void otherCredentialsThatAreWrongDoNotLeaveTheOldUserSignedIn() throws Exception {
        windows.publish("alice", Map.of("title", title, "content", "only for alice"));
        DemoPage window = windows.showElsewhere(windows.blank(), tag());
        window.evaluate("() => { " + BELL + ".credentials = { login: 'alice', password: 'alice' }; }");
        waitForState(window, "online");
        window.waitUntil(BELL + ".client.inbox.loaded");

        window.evaluate("() => { " + BELL + ".credentials = { login: 'bob', password: 'wrong' }; }");

        waitForState(window, "refused");
        assertThat(window.evaluate(BELL + ".client.userId === null")).isEqualTo(true);
        window.openBell();
        assertThat(window.inBell(title)).hasCount(0);
    }

    @Test
    void otherCredentialsOfTheSameUserOpenNoOtherConnection() {
        DemoPage window = windows.blank();
        Cable cable = window.cable();
        windows.showElsewhere(window, tag());
        window.evaluate("() => { " + BELL + ".credentials = { login: 'alice', password: 'alice' }; }");
        waitForState(window, "online");

        String alice = Windows.token("alice", Duration.ofHours(1));
        String bob = Windows.token("bob", Duration.ofHours(1));
        window.evaluate("() => { " + BELL + ".credentials = { token: '" + alice + "' }; }");
        window.evaluate("() => { " + BELL + ".credentials = async () => ({ token: '" + bob + "' }); }");
        window.waitUntil(BELL + ".client.userId === 'bob'");

        assertThat(cable.tries()).as("one for alice, one for bob").isEqualTo(2);
    }

    @Test
    void pageOfAnOriginThatIsNotAllowedIsToldSo() {
        DemoPage window = windows.showOfStranger(windows.blank(), tag());
        window.evaluate("() => { " + BELL + ".credentials = { login: 'alice', password: 'alice' }; }");

        window.waitUntil(BELL + ".client.reason?.code === 'origin-not-allowed'");

        assertThat((String) window.evaluate(BELL + ".client.reason.message")).contains(windows.strangeOrigin());
        window.openBell();
        assertThat(window.at("panel")).containsText("is not in notification.allowed-origins");
    }

    @Test
    void credentialsAreRequestedForEachConnection() {
        DemoPage window = windows.blank();
        Cable cable = window.cable();
        windows.showElsewhere(window, tag());
        window.evaluate("""
                () => {
                  window.asked = 0;
                  BELL.credentials = async () => {
                    if (++window.asked === 2) {
                      throw new Error('the back end is down');
                    }
                    return { login: 'alice', password: 'alice' };
                  };
                }""".replace("BELL", BELL));
        waitForState(window, "online");

        cable.hangUp(1001, "");
        window.waitUntil("window.asked === 3");

        waitForState(window, "online");
        assertThat(cable.tries()).isEqualTo(3);
    }

    @Test
    void nullCredentialsSignOut() {
        DemoPage window = windows.blank();
        Cable cable = window.cable();
        windows.showElsewhere(window, tag());
        window.evaluate("""
                () => {
                  let signedIn = { login: 'alice', password: 'alice' };
                  BELL.credentials = async () => {
                    const answer = signedIn;
                    signedIn = null;
                    return answer;
                  };
                }""".replace("BELL", BELL));
        waitForState(window, "online");

        cable.hangUp(1001, "");

        waitForState(window, "refused");
        window.openBell();
        assertThat(window.at("empty")).containsText("You are no longer signed in.");
        assertThat(window.inBell(title)).hasCount(0);
    }

    @Test
    void bellThatIsPutBackSignsInAgain() {
        DemoPage window = windows.blank();
        Cable cable = window.cable();
        windows.showElsewhere(window, tag());
        window.evaluate(BELL + ".credentials = () => ({ login: 'alice', password: 'alice' })");
        waitForState(window, "online");

        window.evaluate("() => { window.bell = BELL; document.body.append(bell); }".replace("BELL", BELL));
        assertThat(cable.tries()).as("only moved").isEqualTo(1);
        window.evaluate("window.bell.remove()");
        window.waitUntil("window.bell.client.state === 'signed-out'");
        window.evaluate("document.body.append(window.bell)");

        waitForState(window, "online");
        assertThat(cable.tries()).isEqualTo(2);
    }

    @Test
    void bellsWithTheSameTokenUrlShareOneConnection() throws Exception {
        windows.tokensElsewhere(() -> Windows.token("alice", Duration.ofHours(1)));
        DemoPage window = windows.blank();
        Cable cable = window.cable();
        windows.showElsewhere(window, tagOfTheReadme());
        window.evaluate("() => { document.body.append(" + BELL + ".cloneNode()); }");
        window.waitUntil(
                "[...document.querySelectorAll('notification-bell')].every((one) => one.client.state === 'online')");

        window.evaluate("() => { " + BELL + ".remove(); }");
        windows.publish("alice", Map.of("title", title, "content", "for the bell that stays"));
        window.waitUntil(BELL + ".client.inbox.all.some((one) => one.title === '" + title + "')");

        assertThat(cable.tries()).isEqualTo(1);
    }

    @Test
    void credentialsSetBeforeTheScriptLoadsAreUsed() {
        DemoPage window = windows.showElsewhere(windows.blank(), "<div></div>");
        window.evaluate("""
                () => {
                  const bell = document.createElement('notification-bell');
                  bell.setAttribute('src', 'ws://AUTHORITY/notification/websocket');
                  bell.credentials = () => ({ login: 'alice', password: 'alice' });
                  document.body.append(bell);
                  const script = document.createElement('script');
                  Object.assign(script, { type: 'module', src: 'http://AUTHORITY/bell.js' });
                  document.head.append(script);
                }""".replace("AUTHORITY", windows.server().getAuthority()));

        waitForState(window, "online");
    }

    @Test
    void nothingOfOneUserRemainsWhenAnotherSignsIn() throws Exception {
        windows.publish("alice", Map.of("title", title, "content", "for alice only"));
        DemoPage window = windows.blank();
        Cable cable = window.cable();
        windows.showElsewhere(window, tag());
        window.evaluate("""
                () => {
                  const users = ['alice', 'bob'];
                  BELL.credentials = () => {
                    const user = users.shift();
                    return { login: user, password: user };
                  };
                }""".replace("BELL", BELL));
        window.openBell();
        assertThat(window.inBell(title)).hasCount(1);

        cable.hangUp(1001, "");
        window.waitUntil(BELL + ".client.userId === 'bob'");

        assertThat(window.inBell(title)).hasCount(0);
    }

    @Test
    void bellFollowsTheColorSchemeOfThePage() {
        DemoPage window = windows.blank();
        window.darken();

        windows.showElsewhere(window, tag()).openBell();

        assertThat(window.at("bell")).hasCSS("color", "rgb(0, 0, 0)");
        assertThat(window.at("panel")).hasCSS("background-color", "rgb(255, 255, 255)");
    }

    @Test
    void bellWorksWithTheKeyboardAlone() throws Exception {
        DemoPage window = windows.signedIn("alice");
        windows.publish("alice", 2, Map.of("title", title, "content", "under the keys"));
        assertThat(window.inInbox(title)).hasCount(2);

        window.at("bell").focus();
        window.press("Enter");
        assertThat(window.at("panel")).isFocused();
        Locator rows = window.inBell(title);
        assertThat(rows).hasCount(2);
        tabTo(window, rows.nth(0).getByTestId("seen"));
        window.press("Enter");
        assertThat(rows.nth(0).getByTestId("delete")).isFocused();
        window.press("Enter");
        assertThat(rows).hasCount(1);
        assertThat(rows.getByTestId("delete")).isFocused();
        window.press("Escape");

        assertThat(window.at("panel")).isHidden();
        assertThat(window.at("bell")).isFocused();
    }

    private static void tabTo(DemoPage window, Locator button) {
        for (int i = 0; i < 10 && !(boolean) button.evaluate("one => one.matches(':focus')"); i++) {
            window.press("Tab");
        }
        assertThat(button).isFocused();
    }

    private static void waitForState(DemoPage window, String state) {
        window.waitUntil(BELL + ".getAttribute('state') === '" + state + "'");
    }

    /** Returns a bell without a login. */
    private String tag() {
        URI server = windows.server();
        return """
                <script type="module" src="%sbell.js"></script>
                <notification-bell src="ws://%s/notification/websocket"></notification-bell>
                """.formatted(server, server.getAuthority());
    }

    private String tagOfTheReadme() throws Exception {
        return example("html")
                .replace(
                        "https://bell.example.org", "http://" + windows.server().getAuthority());
    }

    private static String example(String language) throws Exception {
        Matcher example =
                Pattern.compile("(?s)```" + language + "\\n(.*?)```").matcher(Files.readString(Path.of("README.md")));
        assertThat(example.find()).as(language).isTrue();
        return example.group(1);
    }

    private static boolean isListening(URI address) {
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}
