package org.wsnotify.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.wsnotify.HandClock;

class BodyIntakeTest {

    private final HandClock clock = new HandClock();

    @Test
    void aBodyIsReadToItsEndAndOneByteBeyondItsSize() throws IOException {
        assertThat(intake(1).read(body(10), 10)).hasSize(10);
        assertThat(intake(1).read(body(30_000), 20_000)).hasSize(20_001);
    }

    @Test
    void moreBodiesThanHavePlaceAreRefusedUntilOneIsRead() throws IOException {
        BodyIntake intake = intake(1);
        byte[] read = intake.read(during(() -> assertCode(intake, 1, "too-many-bodies")), 10);

        assertThat(read).isEmpty();
        assertThat(intake.read(body(1), 10)).hasSize(1);
    }

    @Test
    void bodiesThatAreTogetherTooLargeAreRefusedAndOneAloneIsNot() throws IOException {
        BodyIntake intake = intake(9);
        intake.read(during(() -> assertCode(intake, 500, "too-many-bodies")), 600);

        assertThat(intake.read(body(5000), 5000)).hasSize(5000);
    }

    @Test
    void aBodyThatDripsIsGivenUpAndItsPlaceIsFree() throws IOException {
        BodyIntake intake = intake(1);
        Problem problem = catchThrowableOfType(Problem.class, () -> intake.read(pieces(10_000, 1), 10_000));

        assertThat(problem.getResponse().getStatus()).isEqualTo(408);
        assertThat(RequestFixture.body(problem).getString("code")).isEqualTo("body-timeout");
        assertThat(intake.read(body(1), 10)).hasSize(1);
    }

    @Test
    void aLargeBodyHasMoreTime() throws IOException {
        assertThat(intake(1).read(pieces(100_000, 2_000), 100_000)).hasSize(100_000);
    }

    @Test
    void aBrokenBodyLeavesItsPlace() throws IOException {
        BodyIntake intake = intake(1);
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
        assertThat(catchThrowableOfType(IOException.class, () -> intake.read(broken, 10)))
                .isNotNull();
        assertThat(intake.read(body(1), 10)).hasSize(1);
    }

    private BodyIntake intake(int bodies) {
        return new BodyIntake(new BodyIntake.Limits(bodies, 1000, Duration.ofSeconds(10), 1000), clock);
    }

    private static void assertCode(BodyIntake intake, int size, String code) {
        Problem problem = catchThrowableOfType(Problem.class, () -> intake.read(body(size), size));
        assertThat(problem.getResponse().getHeaderString("Retry-After")).isEqualTo("1");
        assertThat(RequestFixture.body(problem).getString("code")).isEqualTo(code);
    }

    private static InputStream body(int size) {
        return new ByteArrayInputStream(new byte[size]);
    }

    /** A body that comes in pieces, one a second. */
    private InputStream pieces(int size, int most) {
        return new ByteArrayInputStream(new byte[size]) {
            @Override
            public synchronized int read(byte[] piece, int offset, int length) {
                clock.pass(Duration.ofSeconds(1));
                return super.read(piece, offset, Math.min(length, most));
            }
        };
    }

    /** A body that does something while it is on its way. */
    private static InputStream during(Runnable task) {
        return new InputStream() {
            @Override
            public int read() {
                task.run();
                return -1;
            }

            @Override
            public int read(byte[] piece, int offset, int length) {
                return read();
            }
        };
    }
}
