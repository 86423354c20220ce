package org.wsnotify.outbox;

/** When an addressee of an {@link OwedMail} needs it. Immutable. */
public sealed interface MailCondition {

    /** Every addressee gets the mail, seen or not, unless the notification was retracted. */
    record Always() implements MailCondition {}

    /** The mail is due at once. An addressee who has seen the notification before it could be sent gets none. */
    record UnlessSeen() implements MailCondition {}

    /**
     * The mail is held until it is known whether the addressee is present. An addressee who gives a sign of life after
     * the push gets no mail, see {@link PresenceConfirmation}. Otherwise like {@link UnlessSeen}.
     */
    record UnlessPresent() implements MailCondition {}
}
