package org.wsnotify.delivery;

import java.time.Duration;

/**
 * How the mail of a publication is divided, and how long it may be held.
 *
 * @param maxRecipients how many recipients one mail may have
 * @param hold how long the mail to a user who seems to be online waits for a sign of life; zero: it is not owed
 */
public record MailPolicy(int maxRecipients, Duration hold) {

    public static final MailPolicy DEFAULTS = new MailPolicy(50, Duration.ofSeconds(5));
}
