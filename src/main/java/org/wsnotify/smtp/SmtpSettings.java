package org.wsnotify.smtp;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How the mail server is reached.
 *
 * @param host its name; the certificate must be for it
 * @param port 1 to 65535; usually 587 with STARTTLS, 465 with TLS, 25 without either
 * @param security how the connection is protected; what is chosen is insisted on
 * @param user whom to log in as; empty: no login
 * @param password the password of {@code user}
 * @param from the sender, {@code a@b.c} or {@code Name <a@b.c>}
 * @param ehlo our name in EHLO; empty: as {@link EhloName} finds it
 * @param connectTimeout how long to wait for the connection; more than nothing
 * @param readTimeout how long to wait for each answer; more than nothing
 * @param writeTimeout how long to wait for the server to take what is sent; more than nothing
 */
public record SmtpSettings(
        String host,
        int port,
        Security security,
        String user,
        String password,
        String from,
        Optional<String> ehlo,
        Duration connectTimeout,
        Duration readTimeout,
        Duration writeTimeout) {

    /** How a connection to the mail server is protected. */
    public enum Security {
        /** Not at all: for a mail server on the same host or network. */
        NONE,
        /** Begun in the clear, then TLS (RFC 3207); nothing is sent to a server that does not offer it. */
        STARTTLS,
        /** TLS from the first byte (RFC 8314). */
        TLS
    }

    public SmtpSettings {
        Objects.requireNonNull(security, "security");
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(password, "password");
        if (host.isBlank()) {
            throw new IllegalArgumentException("The mail server has no host name");
        }
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("The mail server's port is not between 1 and 65535: " + port);
        }
        Sender.parse(from);
        requireLimit("connect", connectTimeout);
        requireLimit("read", readTimeout);
        requireLimit("write", writeTimeout);
    }

    /** Whether mail can be sent from this. */
    public static boolean isSender(String text) {
        try {
            Sender.parse(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static void requireLimit(String what, Duration timeout) {
        if (timeout.toMillis() < 1 || timeout.toMillis() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "The mail server's " + what + " timeout is not between 1 ms and 24 days: " + timeout);
        }
    }

    /** The password is left out. */
    @Override
    public String toString() {
        return "SmtpSettings[" + host + ":" + port + ", " + security + (user.isEmpty() ? "" : ", with login") + "]";
    }
}
