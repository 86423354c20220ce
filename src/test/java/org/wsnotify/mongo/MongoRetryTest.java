package org.wsnotify.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.MongoSocketException;
import com.mongodb.ServerAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.junit.jupiter.api.Test;
import org.wsnotify.notification.StoreUnavailableException;

/** {@link MongoRetry} with a clock that only its own pauses move. */
class MongoRetryTest {

    private final MongoException lost = new MongoSocketException("lost", new ServerAddress("db.example"));
    private final MongoException forbidden = new MongoCommandException(
            new BsonDocument("ok", new BsonInt32(0))
                    .append("code", new BsonInt32(13))
                    .append("errmsg", new BsonString("anna is not authorized")),
            new ServerAddress("db.example"));

    private final List<Long> pauses = new ArrayList<>();
    private final List<Boolean> attempts = new ArrayList<>();
    private boolean primaryKnown = true;
    private final DatabaseOutage outage = new DatabaseOutage(() -> primaryKnown, () -> "db:27017: unknown host");
    private final MongoRetry retry = new MongoRetry(Duration.ofSeconds(10), outage, this::nanoTime, pauses::add);

    @Test
    void aSuccessfulOperationIsDoneOnce() {
        assertThat(call(0, lost)).isEqualTo("done");
        assertThat(attempts).containsExactly(false);
        assertThat(pauses).isEmpty();
    }

    @Test
    void aTemporaryFailureIsRepeatedAndTheAttemptKnowsIt() {
        assertThat(call(3, lost)).isEqualTo("done");
        assertThat(attempts).containsExactly(false, true, true, true);
    }

    @Test
    void thePausesGrowAndEndWithinTheTime() {
        assertThatExceptionOfType(StoreUnavailableException.class)
                .isThrownBy(() -> call(1_000, lost))
                .withCause(lost);

        assertThat(pauses)
                .first()
                .isNotNull()
                .satisfies(first -> assertThat(first).isLessThanOrEqualTo(25));
        assertThat(pauses).allSatisfy(pause -> assertThat(pause).isLessThanOrEqualTo(1000));
        assertThat(pauses.stream().mapToLong(pause -> pause).sum()).isBetween(8_500L, 10_000L);
    }

    @Test
    void aPermanentFailureIsNotRepeatedAndTellsNoValue() {
        assertThatExceptionOfType(StoreUnavailableException.class)
                .isThrownBy(() -> call(1, forbidden))
                .withMessage("MongoDB: a test failed: MongoCommandException 13 (the user of the URI may not do that)");
        assertThat(attempts).hasSize(1);
    }

    @Test
    void anInterruptEndsTheWait() {
        MongoRetry interrupted = new MongoRetry(Duration.ofSeconds(10), outage, this::nanoTime, millis -> {
            throw new InterruptedException();
        });

        assertThatExceptionOfType(StoreUnavailableException.class)
                .isThrownBy(() -> interrupted.call("a test", again -> {
                    throw lost;
                }));
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void inAnOutageOperationsAreTriedOnce() {
        waitInVain();

        assertUnavailable(() -> call(1_000, lost)).withCause(lost);

        assertThat(attempts).containsExactly(false);
        assertThat(pauses).isEmpty();
    }

    @Test
    void inAnOutageWithoutAPrimaryNothingIsTried() {
        waitInVain();
        primaryKnown = false;

        assertUnavailable(() -> call(0, lost))
                .withMessage("MongoDB: a test failed: no primary is known (db:27017: unknown host)");

        assertThat(attempts).isEmpty();
    }

    @Test
    void withoutAnOutageAnUnknownPrimaryIsWaitedFor() {
        primaryKnown = false;

        assertThat(call(3, lost)).isEqualTo("done");
    }

    @Test
    void anOutageEndsTheWaitOfOtherOperations() {
        outage.began();

        assertUnavailable(() -> call(1, lost));

        assertThat(pauses).isEmpty();
    }

    @Test
    void afterASuccessFailuresAreRepeatedAgain() {
        waitInVain();
        assertThat(call(0, lost)).isEqualTo("done");
        attempts.clear();

        assertThat(call(3, lost)).isEqualTo("done");

        assertThat(attempts).hasSize(4);
    }

    @Test
    void aPermanentFailureIsNoOutage() {
        assertUnavailable(() -> call(1, forbidden));

        assertThat(outage.isKnown()).isFalse();
    }

    private void waitInVain() {
        assertUnavailable(() -> call(1_000, lost));
        attempts.clear();
        pauses.clear();
    }

    private static ThrowableAssertAlternative<StoreUnavailableException> assertUnavailable(ThrowingCallable call) {
        return assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(call);
    }

    private String call(int failures, MongoException failure) {
        return retry.call("a test", again -> {
            attempts.add(again);
            if (attempts.size() <= failures) {
                throw failure;
            }
            return "done";
        });
    }

    private long nanoTime() {
        return Duration.ofMillis(pauses.stream().mapToLong(pause -> pause).sum())
                .toNanos();
    }
}
