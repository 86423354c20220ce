package org.wsnotify.wire;

import org.wsnotify.session.Envelope;

/** The two ways in which envelopes are written. */
public enum EnvelopeFormat {
    /** Raw WebSocket: {@code data} is a JSON value. */
    VALUE {
        @Override
        String encode(Envelope envelope) {
            return EnvelopeCodec.encode(envelope);
        }
    },
    /** SockJS, for pages of the earlier server: {@code data} is JSON in a string; nothing but ASCII. */
    STRING {
        @Override
        String encode(Envelope envelope) {
            return EnvelopeCodec.encodeWithStringData(envelope);
        }

        @Override
        boolean changesUser() {
            return false;
        }
    };

    abstract String encode(Envelope envelope);

    /**
     * Whether a session that belongs to a user may be joined by another; a SockJS session is known by its id, which can
     * leak.
     */
    boolean changesUser() {
        return true;
    }
}
