package org.wsnotify.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.wsnotify.session.RemoteClient;

class PublisherAccessTest {

    /** The SHA-256 of "secret". */
    private static final String HASH = "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b";

    private static final RemoteClient LOCAL = new RemoteClient("127.0.0.1", true);
    private static final RemoteClient FAR = new RemoteClient("192.0.2.1", false);

    @Test
    void withoutKeysOnlyALocalCallerGetsIn() {
        PublisherAccess access = new PublisherAccess(List.of());

        assertThatCode(() -> access.check(Optional.empty(), LOCAL)).doesNotThrowAnyException();
        assertThat(status(access, null, FAR)).isEqualTo(403);
        assertThat(status(access, "anything", FAR)).isEqualTo(403);
    }

    @Test
    void withKeysALocalCallerNeedsOneToo() {
        PublisherAccess access = new PublisherAccess(List.of("new", "old"));

        assertThatCode(() -> access.check(Optional.of("new"), FAR)).doesNotThrowAnyException();
        assertThatCode(() -> access.check(Optional.of("old"), FAR)).doesNotThrowAnyException();
        assertThat(status(access, "other", LOCAL)).isEqualTo(403);
        assertThat(status(access, "", LOCAL)).isEqualTo(403);
        assertThat(status(access, null, LOCAL)).isEqualTo(401);
    }

    @Test
    void aKeyMayBeConfiguredAsItsHashWhichIsNotAKeyItself() {
        for (String configured : List.of(HASH, "sha256:" + HASH, "SHA256:" + HASH)) {
            PublisherAccess access = new PublisherAccess(List.of(configured));
            assertThatCode(() -> access.check(Optional.of("secret"), FAR)).doesNotThrowAnyException();
            assertThat(status(access, HASH, FAR)).isEqualTo(403);
        }
    }

    @Test
    void whoShowsNoKeyIsToldHow() {
        Problem problem = catchThrowableOfType(
                Problem.class, () -> new PublisherAccess(List.of("k")).check(Optional.empty(), FAR));

        assertThat(problem.getResponse().getHeaderString("WWW-Authenticate")).startsWith("Bearer");
    }

    private static int status(PublisherAccess access, String key, RemoteClient caller) {
        return catchThrowableOfType(Problem.class, () -> access.check(Optional.ofNullable(key), caller))
                .getResponse()
                .getStatus();
    }
}
