package org.wsnotify.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.wsnotify.Race;
import org.wsnotify.delivery.IdempotencyStore.Claim;
import org.wsnotify.delivery.IdempotencyStore.Request;

/** The tests that every {@link IdempotencyStore} passes. */
public abstract class IdempotencyStoreContract {

    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07.089Z");
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final Instant LEASE_END = NOW.plus(LEASE);
    private static final String KEY = "8e03978e-40d5-43dd-bc93-6894a57f9324";
    private static final String PAYLOAD = "sha256:aa";
    private static final String OTHER_PAYLOAD = "sha256:bb";
    private static final String FIRST = "65e5a1f70000000000000001";
    private static final String SECOND = "65e5a1f70000000000000002";
    private static final String THIRD = "65e5a1f70000000000000003";

    private IdempotencyStore store;

    /** Opens the store under test, empty. Called once before each test. */
    protected abstract IdempotencyStore emptyStore() throws Exception;

    /** Returns everything that is stored, as text. */
    protected abstract String everythingStored();

    @BeforeEach
    void open() throws Exception {
        store = emptyStore();
    }

    @Test
    void newKeyIsGrantedWithTheGivenFirstId() {
        assertThat(claim(FIRST, NOW)).isEqualTo(new Claim.Granted(FIRST));
    }

    @Test
    void claimedKeyIsInProgressUntilTheLeaseEnds() {
        claim(FIRST, NOW);

        assertThat(claim(SECOND, NOW)).isEqualTo(new Claim.InProgress());
        assertThat(claim(SECOND, LEASE_END.minusMillis(1))).isEqualTo(new Claim.InProgress());
    }

    @Test
    void expiredClaimIsGrantedAgainWithTheSameFirstId() {
        claim(FIRST, NOW);

        assertThat(claim(SECOND, LEASE_END)).isEqualTo(new Claim.Granted(FIRST));
        assertThat(claim(THIRD, LEASE_END)).isEqualTo(new Claim.InProgress());
        assertThat(claim(SECOND, LEASE_END.plus(LEASE))).isEqualTo(new Claim.Granted(FIRST));
    }

    @Test
    void renewedClaimHoldsLonger() {
        claim(FIRST, NOW);

        store.renew(KEY, LEASE_END.plusSeconds(30));

        assertThat(claim(SECOND, LEASE_END.plusSeconds(29))).isEqualTo(new Claim.InProgress());
        assertThat(claim(SECOND, LEASE_END.plusSeconds(30))).isEqualTo(new Claim.Granted(FIRST));
    }

    @Test
    void renewalDoesNotClaimAnUnclaimedKey() {
        store.renew(KEY, LEASE_END);
        assertThat(claim(FIRST, NOW)).isEqualTo(new Claim.Granted(FIRST));

        store.release(List.of(KEY));
        store.renew(KEY, LEASE_END);
        assertThat(claim(SECOND, NOW)).isEqualTo(new Claim.Granted(FIRST));

        Keys.complete(store, KEY, "answer");
        store.renew(KEY, LEASE_END);
        assertThat(claim(SECOND, LEASE_END)).isEqualTo(new Claim.Answered("answer"));
    }

    @Test
    void answeredKeyReturnsTheAnswerAgain() {
        claim(FIRST, NOW);

        Keys.complete(store, KEY, "{\"stored\":1,\"who\":\"jürgen \uD83D\uDD14\"}");

        Claim answered = new Claim.Answered("{\"stored\":1,\"who\":\"jürgen \uD83D\uDD14\"}");
        assertThat(claim(SECOND, NOW)).isEqualTo(answered);
        assertThat(claim(SECOND, LEASE_END.plus(Duration.ofDays(1)))).isEqualTo(answered);
    }

    @Test
    void emptyAndLongAnswersAreKeptWhole() {
        claim(FIRST, NOW);
        Keys.complete(store, KEY, "");
        Keys.claim(store, "long", PAYLOAD, FIRST, NOW, LEASE);
        Keys.complete(store, "long", "é,".repeat(300_000));

        assertThat(claim(SECOND, NOW)).isEqualTo(new Claim.Answered(""));
        assertThat(Keys.claim(store, "long", PAYLOAD, SECOND, NOW, LEASE))
                .isEqualTo(new Claim.Answered("é,".repeat(300_000)));
    }

    @Test
    void keyWithAnotherPayloadIsAlwaysAMismatch() {
        claim(FIRST, NOW);
        assertThat(claimOther(NOW)).isEqualTo(new Claim.Mismatch());
        assertThat(claimOther(LEASE_END)).isEqualTo(new Claim.Mismatch());

        Keys.complete(store, KEY, "answer");
        assertThat(claimOther(NOW)).isEqualTo(new Claim.Mismatch());
        assertThat(claim(SECOND, NOW)).isEqualTo(new Claim.Answered("answer"));
    }

    @Test
    void releasedKeyIsGrantedAtOnceWithItsFirstId() {
        claim(FIRST, NOW);

        store.release(List.of(KEY));

        assertThat(claim(SECOND, NOW)).isEqualTo(new Claim.Granted(FIRST));
        assertThat(claim(THIRD, NOW)).isEqualTo(new Claim.InProgress());
    }

    @Test
    void releasedKeyIsAMismatchForAnotherPayload() {
        claim(FIRST, NOW);

        store.release(List.of(KEY));

        assertThat(claimOther(NOW)).isEqualTo(new Claim.Mismatch());
    }

    @Test
    void lateReleaseDoesNotRemoveTheAnswer() {
        claim(FIRST, NOW);
        claim(SECOND, LEASE_END);
        Keys.complete(store, KEY, "answer");

        store.release(List.of(KEY));

        assertThat(claim(SECOND, LEASE_END)).isEqualTo(new Claim.Answered("answer"));
    }

    @Test
    void completingOrReleasingAnUnknownKeyLeavesItUnknown() {
        Keys.complete(store, KEY, "answer");
        store.release(List.of(KEY));

        assertThat(claim(FIRST, NOW)).isEqualTo(new Claim.Granted(FIRST));
    }

    @Test
    void fractionsOfAMillisecondDoNotChangeALease() {
        claim(FIRST, NOW.plusNanos(500_000));

        assertThat(claim(SECOND, NOW.plusNanos(400_000))).isEqualTo(new Claim.InProgress());
        assertThat(claim(SECOND, LEASE_END.plusMillis(1))).isEqualTo(new Claim.Granted(FIRST));
    }

    @Test
    void oldKeysAreForgottenInAnyState() {
        Keys.claim(store, "answered", PAYLOAD, FIRST, NOW, LEASE);
        Keys.complete(store, "answered", "answer");
        Keys.claim(store, "released", PAYLOAD, FIRST, NOW, LEASE);
        store.release(List.of("released"));
        Keys.claim(store, "claimed", PAYLOAD, FIRST, NOW, LEASE);

        store.forget(NOW.plusMillis(1));

        for (String key : List.of("answered", "released", "claimed")) {
            assertThat(Keys.claim(store, key, OTHER_PAYLOAD, SECOND, NOW, LEASE))
                    .isEqualTo(new Claim.Granted(SECOND));
        }
    }

    @Test
    void newerKeysAreNotForgotten() {
        Keys.claim(store, "old", PAYLOAD, FIRST, NOW.minusMillis(1), LEASE);
        claim(FIRST, NOW);
        Keys.complete(store, KEY, "answer");

        store.forget(NOW);

        assertThat(claim(SECOND, NOW)).isEqualTo(new Claim.Answered("answer"));
        assertThat(Keys.claim(store, "old", PAYLOAD, SECOND, NOW, LEASE)).isEqualTo(new Claim.Granted(SECOND));
    }

    static Stream<String> oddKeys() {
        return Stream.of(
                "", " ", "a/b", "a\u0001b", "\"quoted\"", "a.b", "$x", "schlüssel", "\uD83D\uDD14", "k".repeat(900));
    }

    @ParameterizedTest
    @MethodSource("oddKeys")
    void everyKeyIsDifferent(String key) {
        Keys.claim(store, key + " ", OTHER_PAYLOAD, SECOND, NOW, LEASE);
        Keys.claim(store, key + "0", OTHER_PAYLOAD, SECOND, NOW, LEASE);

        assertThat(Keys.claim(store, key, PAYLOAD, FIRST, NOW, LEASE)).isEqualTo(new Claim.Granted(FIRST));
        Keys.complete(store, key, "answer");
        assertThat(Keys.claim(store, key, PAYLOAD, SECOND, NOW, LEASE)).isEqualTo(new Claim.Answered("answer"));
        assertThat(Keys.claim(store, key + " ", OTHER_PAYLOAD, FIRST, NOW, LEASE))
                .isEqualTo(new Claim.InProgress());
    }

    @Test
    void keyItselfIsNotStored() {
        claim(FIRST, NOW);
        assertThat(everythingStored()).contains(FIRST).doesNotContain(KEY);

        store.renew(KEY, LEASE_END);
        Keys.complete(store, KEY, "answer");
        assertThat(everythingStored()).contains("answer").doesNotContain(KEY);
    }

    @Test
    void keyIsGrantedToOneOfManyThreads() {
        for (int round = 0; round < 20; round++) {
            String key = "key" + round;

            List<Claim> claims =
                    Race.of(4, thread -> () -> Keys.claim(store, key, PAYLOAD, FIRST + thread, NOW, LEASE));

            assertThat(claims).filteredOn(Claim.Granted.class::isInstance).hasSize(1);
            assertThat(claims).filteredOn(Claim.InProgress.class::isInstance).hasSize(3);
        }
    }

    @Test
    void expiredKeyIsGrantedToOneOfManyThreads() {
        for (int round = 0; round < 20; round++) {
            String key = "key" + round;
            Keys.claim(store, key, PAYLOAD, FIRST, NOW, LEASE);

            List<Claim> claims =
                    Race.of(4, thread -> () -> Keys.claim(store, key, PAYLOAD, SECOND + thread, LEASE_END, LEASE));

            assertThat(claims).containsOnlyOnce(new Claim.Granted(FIRST));
            assertThat(claims).filteredOn(Claim.InProgress.class::isInstance).hasSize(3);
        }
    }

    private Claim claim(String firstId, Instant now) {
        return Keys.claim(store, KEY, PAYLOAD, firstId, now, LEASE);
    }

    private Claim claimOther(Instant now) {
        return Keys.claim(store, KEY, OTHER_PAYLOAD, SECOND, now, LEASE);
    }

    @Test
    void keysAreClaimedTogetherAsIfOneAfterTheOther() {
        Keys.claim(store, "answered", PAYLOAD, FIRST, NOW, LEASE);
        Keys.complete(store, "answered", "answer");
        Keys.claim(store, "working", PAYLOAD, FIRST, NOW, LEASE);
        Keys.claim(store, "expired", PAYLOAD, FIRST, NOW.minus(LEASE), LEASE);

        List<Claim> claims = store.claim(
                List.of(
                        new Request("answered", PAYLOAD, "first id 0"),
                        new Request("new", PAYLOAD, "first id 1"),
                        new Request("working", PAYLOAD, "first id 2"),
                        new Request("expired", PAYLOAD, "first id 3"),
                        new Request("new", PAYLOAD, "first id 4"),
                        new Request("other", PAYLOAD, "first id 5")),
                NOW,
                LEASE);

        assertThat(claims)
                .containsExactly(
                        new Claim.Answered("answer"),
                        new Claim.Granted("first id 1"),
                        new Claim.InProgress(),
                        new Claim.Granted(FIRST),
                        new Claim.InProgress(),
                        new Claim.Granted("first id 5"));
    }

    @Test
    void answersAreKeptTogether() {
        Keys.claim(store, "one", PAYLOAD, FIRST, NOW, LEASE);
        Keys.claim(store, "other", PAYLOAD, SECOND, NOW, LEASE);

        store.complete(Map.of("one", "first answer", "other", "second answer", "unknown", "lost"));

        assertThat(Keys.claim(store, "one", PAYLOAD, FIRST, NOW, LEASE)).isEqualTo(new Claim.Answered("first answer"));
        assertThat(Keys.claim(store, "other", PAYLOAD, FIRST, NOW, LEASE))
                .isEqualTo(new Claim.Answered("second answer"));
        assertThat(Keys.claim(store, "unknown", PAYLOAD, FIRST, NOW, LEASE)).isEqualTo(new Claim.Granted(FIRST));
    }
}
