package org.wsnotify.session;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.wsnotify.login.Credentials;

/** A request of a client, already checked for everything that needs no store. Immutable. */
public sealed interface ClientMessage {

    /** Returns the name on the wire. */
    String name();

    /** Returns whether the request only reads. If the session has ended, such a request need not be done. */
    default boolean isRead() {
        return false;
    }

    /**
     * Logs in.
     *
     * @param characters the bound of a first page that is wanted instead of everything unseen; empty if it is not
     */
    record Join(Credentials credentials, OptionalInt characters) implements ClientMessage {
        /** Asks for everything unseen. */
        public Join(Credentials credentials) {
            this(credentials, OptionalInt.empty());
        }

        @Override
        public String name() {
            return "join";
        }
    }

    /** Shows new credentials of the same user, so that the session does not end with the old ones. */
    record Refresh(Credentials credentials) implements ClientMessage {
        @Override
        public String name() {
            return "refresh";
        }
    }

    /** Asks for a sign of life: pages cannot send the pings of the WebSocket, and do not see those of the server. */
    record Ping() implements ClientMessage {
        @Override
        public String name() {
            return "ping";
        }

        @Override
        public boolean isRead() {
            return true;
        }
    }

    /** Asks for everything unseen. */
    record ReadUnseen() implements ClientMessage {
        @Override
        public String name() {
            return "unseen";
        }

        @Override
        public boolean isRead() {
            return true;
        }
    }

    /** Asks for a page, counted from 0. */
    record ReadPage(int page) implements ClientMessage {
        @Override
        public String name() {
            return "content";
        }

        @Override
        public boolean isRead() {
            return true;
        }
    }

    /** Asks for notifications older than an id. */
    record ReadBefore(String id) implements ClientMessage {
        @Override
        public String name() {
            return "content";
        }

        @Override
        public boolean isRead() {
            return true;
        }
    }

    /**
     * Asks for a page, newest first.
     *
     * @param before only notifications older than this id; empty for the newest
     * @param characters most text of all together
     */
    record ReadNewest(Optional<String> before, int characters) implements ClientMessage {
        @Override
        public String name() {
            return "content";
        }

        @Override
        public boolean isRead() {
            return true;
        }
    }

    /**
     * Asks for a page of the unseen ones, newest first.
     *
     * @param before only notifications older than this id; empty for the newest
     * @param characters most text of all together
     */
    record ReadNewestUnseen(Optional<String> before, int characters) implements ClientMessage {
        @Override
        public String name() {
            return "unseen";
        }

        @Override
        public boolean isRead() {
            return true;
        }
    }

    /** Marks notifications seen. */
    record MarkSeen(List<String> ids) implements ClientMessage {
        public MarkSeen {
            ids = List.copyOf(ids);
        }

        @Override
        public String name() {
            return "seen";
        }
    }

    /**
     * Marks everything seen, or everything up to a notification.
     *
     * @param upTo the id of the newest that is to be marked; empty for all
     */
    record MarkAllSeen(Optional<String> upTo) implements ClientMessage {
        @Override
        public String name() {
            return "seenAll";
        }
    }

    /** Deletes notifications. */
    record Delete(List<String> ids) implements ClientMessage {
        public Delete {
            ids = List.copyOf(ids);
        }

        @Override
        public String name() {
            return "delete";
        }
    }

    /** Logs out; the connection stays. */
    record Leave() implements ClientMessage {
        @Override
        public String name() {
            return "leave";
        }
    }
}
