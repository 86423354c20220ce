package org.wsnotify.smtp;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How to reach the mail server. Immutable.
 *
 * @param host its name, which its certificate must have
 * @param port 1 to 65535; usually 587 with STARTTLS, 465 with TLS, 25 without either
 * @param security how the connection is protected; there is no fallback
 * @param user the user to log in as; empty for no login
 * @param password the password of {@code user}
 * @param from the sender, {@code a@b.c} or {@code Name <a@b.c>}
 * @param ehlo our name in EHLO; empty for the default of {@link EhloName}
 * @param connectTimeout how long to wait for the connection; positive
 * @param readTimeout how long to wait for each answer; positive
 * @param writeTimeout how long to wait until the server accepts what is sent; positive
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
        /** Not protected: for a mail server on the same host or network. */
        NONE,
        /** TLS begun by a command (RFC 3207); nothing is sent to a server that does not offer it. */
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

    /** Whether mail can be sent from this address. */
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

    /** Omits the password. */
    @Override
    public String toString() {
        return "SmtpSettings[" + host + ":" + port + ", " + security + (user.isEmpty() ? "" : ", with login") + "]";
    }
}
