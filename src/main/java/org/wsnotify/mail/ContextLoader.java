package org.wsnotify.mail;

import jakarta.mail.MessagingException;

/**
 * Runs something with the class loader of this application as the thread's.
 *
 * <p>jakarta.mail looks for its implementation through the class loader of the thread, which on a thread of the server may be one
 * that does not see it.
 */
final class ContextLoader {

    /** Something that may talk to jakarta.mail. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws MessagingException;
    }

    private ContextLoader() {}

    static <T> T with(Work<T> work) throws MessagingException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(ContextLoader.class.getClassLoader());
        try {
            return work.run();
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
