package org.wsnotify.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.wsnotify.HandClock;
import org.wsnotify.client.RemoteClient;
import org.wsnotify.login.LoggedLines;
import org.wsnotify.login.RareLog;

class PublisherAccessTest {

    /** The SHA-256 of "secret". */
    private static final String HASH = "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b";

    private static final RemoteClient LOCAL = new RemoteClient("127.0.0.1", true);
    private static final RemoteClient FAR = new RemoteClient("192.0.2.1", false);

    private final HandClock clock = new HandClock();
    private final LoggedLines log = new LoggedLines(PublisherAccess.class);

    @AfterEach
    void closeLog() {
        log.close();
    }

    @Test
    void withoutKeysOnlyLocalCallersMayPublish() {
        PublisherAccess access = access();

        assertThatCode(() -> access.check(Optional.empty(), LOCAL)).doesNotThrowAnyException();
        assertThat(status(access, null, FAR)).isEqualTo(403);
        assertThat(status(access, "anything", FAR)).isEqualTo(403);
    }

    @Test
    void withKeysLocalCallersNeedOneToo() {
        PublisherAccess access = access("new", "old");

        assertThatCode(() -> access.check(Optional.of("new"), FAR)).doesNotThrowAnyException();
        assertThatCode(() -> access.check(Optional.of("old"), FAR)).doesNotThrowAnyException();
        assertThat(status(access, "other", LOCAL)).isEqualTo(403);
        assertThat(status(access, "", LOCAL)).isEqualTo(403);
        assertThat(status(access, null, LOCAL)).isEqualTo(401);
    }

    @Test
    void keyMayBeConfiguredAsItsHash() {
        for (String configured : List.of("sha256:" + HASH, "SHA256:" + HASH.toUpperCase(Locale.ROOT))) {
            PublisherAccess access = access(configured);
            assertThatCode(() -> access.check(Optional.of("secret"), FAR)).doesNotThrowAnyException();
            assertThat(status(access, HASH, FAR)).isEqualTo(403);
        }
    }

    @Test
    void keyOf64HexadecimalDigitsIsNotAHash() {
        PublisherAccess access = access(HASH);

        assertThatCode(() -> access.check(Optional.of(HASH), FAR)).doesNotThrowAnyException();
        assertThat(status(access, "secret", FAR)).isEqualTo(403);
    }

    @Test
    void malformedHashIsRefused() {
        for (String mistyped : List.of(HASH.substring(1), HASH + "0", HASH.replace('2', 'g'), "", " " + HASH)) {
            assertThatThrownBy(() -> ApiKey.of("sha256:" + mistyped))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("64 hexadecimal digits");
        }
    }

    @Test
    void refusalsAreLoggedRarelyAndWithoutTheKey() {
        PublisherAccess access = access("k");
        status(access, "secret", FAR);
        status(access, null, FAR);
        clock.pass(Duration.ofMinutes(1));
        status(access, null, FAR);

        assertThat(log.lines())
                .containsExactly(
                        "a request of a back end was refused: api-key-unknown",
                        "a request of a back end was refused: api-key-required (1 more since the last one)");
    }

    @Test
    void missingKeyIsAnsweredWithAChallenge() {
        ProblemException problem =
                catchThrowableOfType(ProblemException.class, () -> access("k").check(Optional.empty(), FAR));

        assertThat(problem.problem().headers().get("WWW-Authenticate")).startsWith("Bearer");
    }

    @Test
    void wrongKeysAreThrottledAndValidKeysAreNot() {
        PublisherAccess access = access("k");
        for (int i = 0; i < 6; i++) {
            assertThat(status(access, "wrong" + i, FAR)).isEqualTo(403);
        }
        ProblemException problem =
                catchThrowableOfType(ProblemException.class, () -> access.check(Optional.of("wrong"), FAR));
        assertThat(problem.problem().status()).isEqualTo(429);
        assertThat(problem.problem().headers().get("Retry-After")).isEqualTo("1");
        assertThat(status(access, "wrong", LOCAL)).isEqualTo(403);
        assertThatCode(() -> access.check(Optional.of("k"), FAR)).doesNotThrowAnyException();

        clock.pass(Duration.ofSeconds(1));
        assertThat(status(access, "wrong", FAR)).isEqualTo(403);
        assertThat(status(access, "wrong", FAR)).isEqualTo(429);
    }

    @Test
    void addressesOfOneIpv6SubscriberCountAsOne() {
        PublisherAccess access = access("k");
        for (int i = 0; i < 6; i++) {
            status(access, "wrong", new RemoteClient("2001:db8::" + i, false));
        }
        assertThat(status(access, "wrong", new RemoteClient("2001:db8::77", false)))
                .isEqualTo(429);
    }

    @Test
    void shortKeysAreWeak() {
        for (String weak : List.of("", "secret", "x".repeat(21), "0123456789abcdef0123456789abcde", "1".repeat(38))) {
            assertThat(ApiKey.of(weak).isWeak()).as(weak).isTrue();
        }
        for (String strong : List.of(
                "0123456789abcdef0123456789abcdef", "Zm9vYmFyYmF6cXV4MTIzNA", HASH, "sha256:" + HASH, "1".repeat(39))) {
            assertThat(ApiKey.of(strong).isWeak()).as(strong).isFalse();
        }
    }

    @Test
    void keyAndItsHashHaveTheSameScope() {
        String scope = ApiKey.of("secret").scope();
        assertThat(scope).isEqualTo(ApiKey.of("sha256:" + HASH).scope()).hasSize(32);
        assertThat(scope).isNotEqualTo(ApiKey.of("other").scope());
        assertThat(HASH).doesNotContain(scope);
    }

    private PublisherAccess access(String... keys) {
        return new PublisherAccess(
                Stream.of(keys).map(ApiKey::of).toList(),
                new RareLog(System.getLogger(PublisherAccess.class.getName()), Duration.ofMinutes(1), clock),
                clock);
    }

    private static int status(PublisherAccess access, String key, RemoteClient caller) {
        return catchThrowableOfType(ProblemException.class, () -> access.check(Optional.ofNullable(key), caller))
                .problem()
                .status();
    }
}
