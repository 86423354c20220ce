package org.wsnotify.session;

import java.util.List;
import org.wsnotify.login.Credentials;

/** What a client says to the server, valid in itself. */
public sealed interface ClientMessage {

    /** The word on the wire. */
    String name();

    /** Whether it asks for a large answer and changes nothing: without an answer there is nothing to do. */
    default boolean isRead() {
        return false;
    }

    /** Logs in. */
    record Join(Credentials credentials) implements ClientMessage {
        @Override
        public String name() {
            return "join";
        }
    }

    /** Asks for everything unseen. */
    record Unseen() implements ClientMessage {
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
    record Content(int page) implements ClientMessage {
        @Override
        public String name() {
            return "content";
        }

        @Override
        public boolean isRead() {
            return true;
        }
    }

    /** Asks for what is older than an id. */
    record ContentBefore(String id) implements ClientMessage {
        @Override
        public String name() {
            return "content";
        }

        @Override
        public boolean isRead() {
            return true;
        }
    }

    /** Marks notifications seen. */
    record Seen(List<String> ids) implements ClientMessage {
        public Seen {
            ids = List.copyOf(ids);
        }

        @Override
        public String name() {
            return "seen";
        }
    }

    /** Marks everything seen. */
    record SeenAll() implements ClientMessage {
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
