package org.wsnotify.outbox;

import java.util.List;
import java.util.Objects;
import org.wsnotify.mail.Mail;

/**
 * A mail that is owed: a text, and the recipients who get it in one envelope.
 *
 * <p>Immutable. The {@code Message-ID} is made from the id of the entry and stays the same over all attempts.
 *
 * @param publication the id of the publication, which is the id of its first notification
 * @param mail the text
 * @param addressees the recipients, with what became of the mail for each
 * @param condition when an addressee needs the mail
 */
public record OwedMail(String publication, Mail mail, List<Addressee> addressees, MailCondition condition) {

    public OwedMail {
        Objects.requireNonNull(publication, "publication");
        Objects.requireNonNull(mail, "mail");
        addressees = List.copyOf(addressees);
        Objects.requireNonNull(condition, "condition");
    }

    /** Returns the addressees who still wait for the mail. */
    public List<Addressee> waiting() {
        return addressees.stream().filter(Addressee::isWaiting).toList();
    }

    /** Returns how many addressees have an outcome. */
    public int count(Addressee.Outcome outcome) {
        return (int) addressees.stream()
                .filter(addressee -> addressee.outcome() == outcome)
                .count();
    }

    /** Returns this mail with other addressees. */
    public OwedMail withAddressees(List<Addressee> others) {
        return new OwedMail(publication, mail, others, condition);
    }
}
