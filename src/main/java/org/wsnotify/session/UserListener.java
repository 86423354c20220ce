package org.wsnotify.session;

/**
 * Is told when users come and go. The calls for one user come one after another; they must not block, nor call the
 * registry.
 */
public interface UserListener {

    /** Does nothing. */
    UserListener NONE = new UserListener() {
        @Override
        public void arrived(String userId) {}

        @Override
        public void left(String userId) {}
    };

    /** A user is about to have a first session on this server. Nothing was pushed to it yet. */
    void arrived(String userId);

    /** The last session of a user on this server is gone. */
    void left(String userId);
}
