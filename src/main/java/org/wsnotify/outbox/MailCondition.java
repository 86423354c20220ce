package org.wsnotify.outbox;

/** When an addressee of an {@link OwedMail} needs it. Immutable. */
public sealed interface MailCondition {

    /** Every addressee gets the mail. */
    record Always() implements MailCondition {}

    /**
     * The mail is held until it is known whether the addressee is present. An addressee who gives a sign of life after
     * the push gets no mail, see {@link PresenceConfirmation}.
     */
    record UnlessPresent() implements MailCondition {}
}
