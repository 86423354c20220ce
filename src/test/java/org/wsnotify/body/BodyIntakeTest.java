package org.wsnotify.body;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.wsnotify.HandClock;
import org.wsnotify.body.ArrivedBody.End;

class BodyIntakeTest {

    private static final String ANNA = "192.0.2.1";
    private static final String BEN = "192.0.2.2";
    private static final int UNKNOWN = -1;

    private final HandClock clock = new HandClock();

    private BodyIntake intake(int bodies, int perAddress) {
        return intake(bodies, perAddress, 0);
    }

    private BodyIntake intake(int bodies, int perAddress, int waiting) {
        return new BodyIntake(
                new IntakeLimits(
                        bodies, perAddress, 1000, waiting, Duration.ofSeconds(20), Duration.ofSeconds(10), 1000),
                () -> clock.instant().toEpochMilli() * 1_000_000);
    }

    @Test
    void bodyIsReadToItsEnd() {
        assertThat(intake(1, 1)
                        .read(pieces(30_000, 8192), ANNA, UNKNOWN, 30_000)
                        .bytes())
                .hasSize(30_000);
        assertThat(intake(1, 1).read(pieces(30_000, 8192), ANNA, 30_000, 30_000).bytes())
                .hasSize(30_000);
    }

    @Test
    void tooLongBodyIsNotReadToItsEnd() {
        ByteArrayInputStream body = new ByteArrayInputStream(new byte[100_000]);

        assertThat(intake(1, 1).read(body, ANNA, 100_000, 20_000).end()).isEqualTo(End.TOO_LONG);
        assertThat(body.available()).isEqualTo(100_000);
        assertThat(intake(1, 1).read(body, ANNA, UNKNOWN, 20_000).end()).isEqualTo(End.TOO_LONG);
        assertThat(body.available()).isGreaterThan(70_000);
    }

    @Test
    void fullIntakeRefusesUntilABodyIsRead() {
        BodyIntake intake = intake(1, 1);

        assertThat(during(intake, 10, () -> intake.read(pieces(1, 1), BEN, 1, 10)))
                .isEqualTo(End.TOO_MANY);
        assertThat(intake.read(pieces(1, 1), BEN, 1, 10).end()).isEqualTo(End.WHOLE);
    }

    @Test
    void bodyThatHasArrivedTakesNoPlace() {
        BodyIntake intake = intake(1, 1);

        assertThat(during(intake, 10, () -> intake.read(new ByteArrayInputStream(new byte[5]), BEN, 5, 10)))
                .isEqualTo(End.WHOLE);
    }

    @Test
    void fewBodiesMayWaitForAPlace() throws Exception {
        BodyIntake intake = intake(1, 1, 1);
        ExecutorService other = Executors.newSingleThreadExecutor();
        List<Future<End>> ends = new ArrayList<>();
        try {
            intake.read(
                    pieces(1, 1, () -> {
                        ends.add(other.submit(
                                () -> intake.read(pieces(1, 1), BEN, 1, 10).end()));
                        Awaitility.await().until(() -> intake.waiting() == 1);
                        assertThat(intake.read(pieces(1, 1), ANNA, 1, 10).end()).isEqualTo(End.TOO_MANY);
                    }),
                    ANNA,
                    1,
                    10);
            assertThat(ends).hasSize(1);
            assertThat(ends.get(0).get(20, TimeUnit.SECONDS)).isEqualTo(End.WHOLE);
        } finally {
            other.shutdownNow();
        }
    }

    @Test
    void oneAddressHasOnlyItsShare() {
        BodyIntake intake = intake(3, 1);

        assertThat(during(intake, 10, () -> intake.read(pieces(1, 1), ANNA, 1, 10)))
                .isEqualTo(End.TOO_MANY);
        assertThat(during(intake, 10, () -> intake.read(pieces(1, 1), BEN, 1, 10)))
                .isEqualTo(End.WHOLE);
        assertThat(intake.read(pieces(1, 1), ANNA, 1, 10).end()).isEqualTo(End.WHOLE);
    }

    @Test
    void bytesOfAllBodiesAreBounded() {
        BodyIntake intake = intake(9, 9);

        assertThat(during(intake, 600, () -> intake.read(pieces(500, 500), BEN, 500, 500)))
                .isEqualTo(End.TOO_MANY);
        assertThat(during(intake, 600, () -> intake.read(pieces(400, 400), BEN, 400, 400)))
                .isEqualTo(End.WHOLE);
        assertThat(intake.read(pieces(5000, 5000), BEN, 5000, 5000).end()).isEqualTo(End.WHOLE);
    }

    @Test
    void slowBodyIsAbandonedAndALargeOneHasMoreTime() {
        BodyIntake intake = intake(1, 1);

        assertThat(intake.read(pieces(10_000, 1), ANNA, 10_000, 10_000).end()).isEqualTo(End.LATE);
        assertThat(intake.read(pieces(100_000, 2_000), ANNA, 100_000, 100_000).end())
                .isEqualTo(End.WHOLE);
    }

    @Test
    void bodyThatHasArrivedIsReadEvenIfLate() {
        InputStream atOnce = new ByteArrayInputStream(new byte[100_000]) {
            private boolean begun;

            @Override
            public synchronized int available() {
                return begun ? super.available() : 0;
            }

            @Override
            public synchronized int read(byte[] piece, int offset, int length) {
                clock.pass(begun ? Duration.ZERO : Duration.ofMinutes(2));
                begun = true;
                return super.read(piece, offset, length);
            }
        };
        assertThat(intake(1, 1).read(atOnce, ANNA, 100_000, 100_000).end()).isEqualTo(End.WHOLE);
    }

    @Test
    void bodyThatEndsEarlyIsBroken() {
        assertThat(intake(1, 1).read(pieces(5, 5), ANNA, 10, 10).end()).isEqualTo(End.BROKEN);
        assertThat(intake(1, 1).read(pieces(5, 5), ANNA, UNKNOWN, 10).end()).isEqualTo(End.WHOLE);
    }

    @Test
    void brokenBodyFreesItsPlace() {
        BodyIntake intake = intake(1, 1);
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("reset");
            }

            @Override
            public int read(byte[] piece, int offset, int length) throws IOException {
                return read();
            }
        };
        assertThat(intake.read(broken, ANNA, 10, 10).end()).isEqualTo(End.BROKEN);
        assertThat(intake.read(pieces(1, 1), ANNA, 1, 10).end()).isEqualTo(End.WHOLE);
    }

    /** How another body ends while one of this length is on its way. */
    private static End during(BodyIntake intake, int length, Supplier<ArrivedBody> other) {
        List<End> ends = new ArrayList<>();
        intake.read(
                new InputStream() {
                    @Override
                    public int read() {
                        if (ends.isEmpty()) {
                            ends.add(other.get().end());
                        }
                        return 0;
                    }

                    @Override
                    public int read(byte[] piece, int offset, int most) {
                        read();
                        return length;
                    }
                },
                ANNA,
                length,
                length);
        assertThat(ends).hasSize(1);
        return ends.get(0);
    }

    /** A body that comes whole, and does something before. */
    private InputStream pieces(int size, int most, Runnable before) {
        InputStream body = pieces(size, most);
        return new InputStream() {
            private boolean begun;

            @Override
            public int read() throws IOException {
                return body.read();
            }

            @Override
            public int read(byte[] piece, int offset, int length) throws IOException {
                if (!begun) {
                    begun = true;
                    before.run();
                }
                return body.read(piece, offset, length);
            }
        };
    }

    /** A body that comes in pieces, one a second, none of it at once. */
    private InputStream pieces(int size, int most) {
        return new ByteArrayInputStream(new byte[size]) {
            @Override
            public synchronized int available() {
                return 0;
            }

            @Override
            public synchronized int read(byte[] piece, int offset, int length) {
                clock.pass(Duration.ofSeconds(1));
                return super.read(piece, offset, Math.min(length, most));
            }
        };
    }
}
