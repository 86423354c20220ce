package org.wsnotify.session;

/**
 * Is told when users arrive and leave. The calls for one user come one after another. They must not block or call the
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

    /** A user is about to get a first session on this server. Nothing was pushed to it yet. */
    void arrived(String userId);

    /** The last session of a user on this server has ended. */
    void left(String userId);
}
