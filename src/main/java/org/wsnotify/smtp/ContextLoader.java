package org.wsnotify.smtp;

import jakarta.mail.MessagingException;
import jakarta.mail.util.StreamProvider;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * Runs something with a class loader for the thread through which jakarta.mail finds its implementation.
 *
 * <p>It looks through the class loader of the thread. On a thread of Payara that may be one that does not see it: the
 * application's always does. On Open Liberty it is the other way round: through the application's loader the
 * implementation is named and cannot be loaded, while the threads have one that loads it.
 */
final class ContextLoader {

    private static final boolean APPLICATION_SEES_MAIL = seesMail(ContextLoader.class.getClassLoader());

    /** Something that may talk to jakarta.mail. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws MessagingException;
    }

    private ContextLoader() {}

    static <T> T with(Work<T> work) throws MessagingException {
        if (!APPLICATION_SEES_MAIL) {
            return work.run();
        }
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(ContextLoader.class.getClassLoader());
        try {
            return work.run();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static boolean seesMail(ClassLoader loader) {
        try {
            return ServiceLoader.load(StreamProvider.class, loader).findFirst().isPresent();
        } catch (ServiceConfigurationError e) {
            return false; // named, but not to be loaded
        }
    }
}
