package org.wsnotify.smtp;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import org.wsnotify.mail.Mail;
import org.wsnotify.outbox.Addressee;
import org.wsnotify.outbox.MailCondition;
import org.wsnotify.outbox.OutboxEntry;
import org.wsnotify.outbox.OwedMail;
import org.wsnotify.outbox.PresenceConfirmation;
import org.wsnotify.outbox.SendPermit;
import org.wsnotify.presence.FakeCluster;
import org.wsnotify.presence.StoreClocks;

/** Mails that tests send, and how tests read what arrived. */
final class Mails {
    static final Instant CREATED = Instant.parse("2026-03-01T12:00:00.123Z");
    static final SendPermit PERMITTED = () -> true;
    static final Mail PLAIN = new Mail("Hello", "<p>Hello</p>", "1.0", "text/html");

    private Mails() {}

    static OutboxEntry<OwedMail> entry(String id, Mail mail, String... addresses) {
        List<Addressee> addressees = Arrays.stream(addresses)
                .map(address -> Addressee.waiting("user of " + address, "notification of " + address, address))
                .toList();
        OwedMail owed = new OwedMail("publication", mail, addressees, new MailCondition.Always());
        return OutboxEntry.owed(id, owed, CREATED, CREATED);
    }

    static PresenceConfirmation nobodyThere(Clock clock) {
        return new PresenceConfirmation(
                (user, since) -> false, Duration.ZERO, clock, StoreClocks.own(clock), FakeCluster.alone());
    }

    static MimeMessage parsed(byte[] data) throws MessagingException {
        return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(data));
    }

    static MimeMessage parsed(SmtpStub.Received received) throws MessagingException {
        return parsed(received.text().getBytes(StandardCharsets.ISO_8859_1));
    }
}
