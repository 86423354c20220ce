package org.wsnotify.erasure;

import java.util.Set;

/** The files in which mails are kept where there is no mail server. */
@FunctionalInterface
public interface MailFiles {

    /** There are none. */
    MailFiles NONE = addresses -> 0;

    /**
     * Takes addresses out of all files. A mail that went to no other address is removed.
     *
     * @return the number of files that were changed or removed
     * @throws org.wsnotify.notification.StoreUnavailableException a file cannot be read or written; repeating is safe
     */
    int erase(Set<String> addresses);
}
