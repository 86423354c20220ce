package org.wsnotify.wire;

import java.util.function.Function;
import org.wsnotify.session.Envelope;

/** The two ways in which envelopes are written. */
@SuppressWarnings("ImmutableEnumChecker") // its functions have no state
public enum EnvelopeFormat {
    /** Raw WebSocket: {@code data} is a JSON value. */
    VALUE(EnvelopeCodec::encode, true),
    /** SockJS, for pages of the earlier server: {@code data} is JSON in a string, and everything is ASCII. */
    STRING(EnvelopeCodec::encodeWithStringData, false);

    private final Function<Envelope, String> encoder;
    private final boolean changesUser;

    EnvelopeFormat(Function<Envelope, String> encoder, boolean changesUser) {
        this.encoder = encoder;
        this.changesUser = changesUser;
    }

    Function<Envelope, String> encoder() {
        return encoder;
    }

    /**
     * Returns whether another user may join a session without a {@code leave} before. A SockJS session is known by its
     * id, which can leak, so there nobody may.
     */
    boolean changesUser() {
        return changesUser;
    }
}
