package org.wsnotify.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.wsnotify.delivery.MailPolicy;
import org.wsnotify.smtp.EhloName;
import org.wsnotify.smtp.SmtpSettings;

/**
 * Where mail goes, and how it is divided and held.
 *
 * @param host the SMTP server; empty: mails are files in {@code directory}
 */
record MailSettings(
        Optional<String> host,
        int port,
        SmtpSettings.Security security,
        Optional<String> user,
        Optional<String> password,
        String from,
        Optional<String> ehlo,
        Duration timeout,
        Path directory,
        MailPolicy policy) {

    static MailSettings read(SettingsReader reader) {
        return new MailSettings(
                reader.optional(Setting.MAIL_HOST),
                reader.number(Setting.MAIL_PORT, 1, 65_535),
                reader.choice(Setting.MAIL_SECURITY, SmtpSettings.Security.class),
                reader.optional(Setting.MAIL_USER),
                reader.optional(Setting.MAIL_PASSWORD),
                sender(reader),
                ehlo(reader),
                reader.duration(Setting.MAIL_TIMEOUT, Duration.ofMillis(100), Duration.ofMinutes(10)),
                reader.path(Setting.MAIL_DIRECTORY),
                new MailPolicy(
                        reader.number(Setting.MAIL_CHUNK, 1, 1000),
                        reader.duration(Setting.MAIL_HOLD, Duration.ZERO, Duration.ofHours(1))));
    }

    /**
     * The default sender works with mail servers on this host only. Any other server refuses it, and each mail would be
     * given up after three days. So it is a fault at the start.
     */
    private static String sender(SettingsReader reader) {
        Optional<String> host = reader.optional(Setting.MAIL_HOST);
        String from = reader.text(Setting.MAIL_FROM);
        if (from.equals(Setting.MAIL_FROM.standard()) && host.isPresent() && !isThisHost(host.get())) {
            reader.fault("The setting " + Setting.MAIL_HOST.key() + "=" + host.get() + " needs "
                    + Setting.MAIL_FROM.key() + ": mail servers refuse the sender " + from + ".");
        }
        return reader.text(Setting.MAIL_FROM, SmtpSettings::isSender, "is not an address that mail can be sent from");
    }

    private static boolean isThisHost(String host) {
        return host.equalsIgnoreCase("localhost")
                || host.startsWith("127.")
                || host.equals("::1")
                || host.equals("[::1]");
    }

    private static Optional<String> ehlo(SettingsReader reader) {
        String name = reader.text(
                Setting.MAIL_EHLO,
                given -> given.isEmpty() || EhloName.isValid(given),
                "is neither a domain nor an address as in [192.0.2.1]");
        return Optional.of(name).filter(given -> !given.isEmpty());
    }

    /** Returns where mail goes, for the log. */
    String destination() {
        return host.map(server -> "the mail server " + server + ", port " + port)
                .orElseGet(() -> "files in " + directory);
    }

    /** Returns a text without the user and the password. */
    @Override
    public String toString() {
        return "MailSettings[" + destination() + "]";
    }
}
