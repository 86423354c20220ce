package org.wsnotify.smtp;

import jakarta.mail.MessagingException;
import jakarta.mail.util.StreamProvider;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * Runs code under the class loader through which jakarta.mail finds its implementation.
 *
 * <p>jakarta.mail searches the context class loader of the thread. On Payara that of a thread may not see the
 * implementation, while the application's does. On Open Liberty the application's loader finds its name and cannot load
 * it, while that of a thread can.
 */
final class ContextLoader {

    private static final boolean APPLICATION_SEES_MAIL = seesMail(ContextLoader.class.getClassLoader());

    /** Code that uses jakarta.mail. */
    @FunctionalInterface
    interface MailCode<T> {
        T run() throws MessagingException;
    }

    private ContextLoader() {}

    static <T> T with(MailCode<T> work) throws MessagingException {
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
