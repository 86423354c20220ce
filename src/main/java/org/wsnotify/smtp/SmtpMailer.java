package org.wsnotify.smtp;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.wsnotify.outbox.MailConnection;
import org.wsnotify.outbox.MailUnavailableException;
import org.wsnotify.outbox.Mailer;
import org.wsnotify.smtp.SmtpSettings.Security;

/**
 * Sends mail through a mail server (RFC 5321), using jakarta.mail.
 *
 * <p>Safe for use by many threads; a connection belongs to one. Each step has a timeout.
 */
public final class SmtpMailer implements Mailer {
    private final SmtpSettings settings;
    private final Session session;
    private final MimeMessages messages;
    private final RecipientLimit limit = new RecipientLimit(System::nanoTime);

    public SmtpMailer(SmtpSettings settings) {
        this(settings, Map.of());
    }

    /** @param more further properties of jakarta.mail, such as trusted certificates */
    SmtpMailer(SmtpSettings settings, Map<String, Object> more) {
        this.settings = settings;
        Properties properties = properties(settings);
        properties.putAll(more);
        this.session = MimeMessages.session(properties);
        this.messages = new MimeMessages(session, Sender.parse(settings.from()));
    }

    @Override
    public MailConnection open() throws MailUnavailableException {
        try {
            return ContextLoader.with(this::connect);
        } catch (MessagingException e) {
            throw new MailUnavailableException(withoutPassword(ServerAnswer.words(e)), e);
        }
    }

    private MailConnection connect() throws MessagingException {
        // Not at the start, because a name service that is down may block.
        session.getProperties()
                .computeIfAbsent("mail.smtp.localhost", any -> settings.ehlo().orElseGet(EhloName::found));
        Transport transport = session.getTransport("smtp");
        if (settings.user().isEmpty()) {
            transport.connect(settings.host(), settings.port(), null, null);
        } else {
            transport.connect(settings.host(), settings.port(), settings.user(), settings.password());
        }
        return new SmtpConnection(transport, messages, limit);
    }

    /** Removes the password: a server may repeat what it was sent. */
    private String withoutPassword(String words) {
        return settings.password().isEmpty() ? words : words.replace(settings.password(), "...");
    }

    private static Properties properties(SmtpSettings settings) {
        Properties properties = new Properties();
        set(properties, "auth", !settings.user().isEmpty());
        set(properties, "starttls.enable", settings.security() == Security.STARTTLS);
        set(properties, "starttls.required", settings.security() == Security.STARTTLS);
        set(properties, "ssl.enable", settings.security() == Security.TLS);
        set(properties, "ssl.checkserveridentity", true);
        set(properties, "socketFactory.fallback", false);
        set(properties, "connectiontimeout", settings.connectTimeout());
        set(properties, "timeout", settings.readTimeout());
        set(properties, "writetimeout", settings.writeTimeout());
        // A refused recipient must not affect the others.
        set(properties, "sendpartial", true);
        set(properties, "quitwait", false);
        return properties;
    }

    private static void set(Properties properties, String name, boolean value) {
        properties.setProperty("mail.smtp." + name, Boolean.toString(value));
    }

    private static void set(Properties properties, String name, Duration value) {
        properties.setProperty("mail.smtp." + name, Long.toString(value.toMillis()));
    }
}
