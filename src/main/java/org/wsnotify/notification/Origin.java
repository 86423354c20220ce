package org.wsnotify.notification;

import java.util.Objects;

/**
 * The publication that a notification belongs to. Immutable.
 *
 * @param publication the id of the first notification of the publication
 * @param mail whether a mail to the recipient was requested
 */
public record Origin(String publication, MailIntent mail) {

    public Origin {
        Objects.requireNonNull(publication, "publication");
        Objects.requireNonNull(mail, "mail");
    }
}
