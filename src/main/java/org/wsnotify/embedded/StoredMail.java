package org.wsnotify.embedded;

import org.wsnotify.mail.Mail;

/** How mails are written: apart from their entries, which share them, so that a claim does not write the text again. */
final class StoredMail {

    static final RecordType<Mail> TYPE = RecordType.value(
            Mail[]::new,
            mail -> mail.subject().length() + mail.content().length(),
            (out, mail) -> out.text(mail.subject())
                    .text(mail.content())
                    .text(mail.mimeVersion())
                    .text(mail.contentType()),
            in -> new Mail(in.text(), in.text(), in.text(), in.text()));

    private StoredMail() {}
}
