package org.wsnotify.config;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.wsnotify.login.CheckLimits;
import org.wsnotify.login.LoginLimits;

/**
 * Every setting: its name, its default and what it means. The table in docs/settings.md is made of these; a test compares the
 * two.
 *
 * <p>Names have the prefix {@value #PREFIX}.
 */
enum Setting {
    MONGODB_URI("mongodb.uri", "", "Connection string of a MongoDB; empty: the embedded store"),
    MONGODB_DATABASE("mongodb.database", "ws_notification", "Its database"),
    EMBEDDED_DIRECTORY("embedded.directory", "notification-data", "Folder of the embedded store"),
    EMBEDDED_ACCEPT_OLDER(
            "embedded.accept-older",
            "false",
            "`true`: starts with a damaged or older file too, and logs what is missing"),
    API_KEYS(
            "api-keys",
            "",
            "Keys of publishers, comma separated, plain or as `sha256:` and the 64 hexadecimal digits of their SHA-256; empty: loopback callers only"),
    ALLOWED_ORIGINS(
            "allowed-origins", "", "Origins of pages that may connect besides our own, comma separated; `*`: any"),
    TRUSTED_PROXIES(
            "trusted-proxies",
            "",
            "Addresses or ranges (`10.0.0.0/8`, `fd00::/8`) of reverse proxies whose `X-Forwarded-For` is believed, comma separated; no names"),
    MAX_BODY("notify.max-body", "4194304", "Most bytes of a body of `/notify`"),
    BODY_TIMEOUT(
            "notify.body-timeout",
            "PT30S",
            "Longest time for the body of a request; a large one may take a second more for each 16,384 bytes"),
    MAX_USERS("notify.max-users", "10000", "Most users in one `/notify`"),
    MAX_CONTENT("notify.max-content", "65536", "Most characters of a notification's content"),
    PAGE_SIZE("page-size", "30", "Notifications on a page"),
    UNSEEN("unseen-limit", "1000", "Most notifications in an answer to `unseen`; counts are exact up to it"),
    SESSIONS("session.max", "", "Most connections open at once; empty: one for each 48 KiB of the heap"),
    SESSIONS_PER_USER("session.per-user", "50", "Most connections of one user"),
    SESSIONS_PER_ADDRESS("session.per-address", "1000", "Most connections of one address (IPv6: of one /56)"),
    QUEUE_FRAMES("session.queue-frames", "1000", "Most frames waiting for one slow client before it is closed"),
    QUEUE_CHARACTERS("session.queue-characters", "2097152", "Most characters waiting for it"),
    SEND_TIMEOUT(
            "session.send-timeout",
            "PT10S",
            "Longest time one frame may take; a large one may take a second more for each 32,768 characters"),
    HEARTBEAT("session.heartbeat", "PT25S", "Between two pings; a client silent for two of them is gone"),
    REQUESTS("session.requests", "64", "Most requests of one client waiting for their answer"),
    SOCKJS_PER_ADDRESS(
            "sockjs.sessions-per-address",
            "1000",
            "Most SockJS sessions of one address (IPv6: of one /56) without a WebSocket"),
    SOCKJS_RESPONSE(
            "sockjs.response-characters",
            "131072",
            "After so many a streaming response ends, and the client asks for the next"),
    SOCKJS_COOKIE("sockjs.cookie", "false", "`true`: sets `JSESSIONID`, for load balancers that go by it"),
    SOCKJS_CLIENT(
            "sockjs.client",
            "/sockjs/1.6.1/sockjs.min.js",
            "The SockJS client that the iframe page loads, of the version that the pages around it use"),
    MAIL_HOST("mail.host", "", "SMTP server; empty: mails are written as `.eml` files"),
    MAIL_PORT("mail.port", "587", "Its port"),
    MAIL_SECURITY("mail.security", "starttls", "`starttls`, `tls` or `none`"),
    MAIL_USER("mail.user", "", "User at the SMTP server; empty: no login"),
    MAIL_PASSWORD("mail.password", "", "Password at the SMTP server"),
    MAIL_FROM("mail.from", "notification@localhost", "Sender of the mails"),
    MAIL_EHLO(
            "mail.ehlo",
            "",
            "Name of this server in `EHLO`, a domain or an address as in `[192.0.2.1]`; empty: its host name, if that has a dot, or its address"),
    MAIL_TIMEOUT("mail.timeout", "PT30S", "Longest wait for an answer of the SMTP server"),
    MAIL_CHUNK("mail.chunk", "50", "Most recipients of one mail"),
    MAIL_DIRECTORY("mail.directory", "notification-mail", "Folder for `.eml` files without an SMTP server"),
    MAIL_HOLD(
            "mail.hold",
            "PT5S",
            "How long the mail to somebody who seems to be there waits for a sign of life; `PT0S`: such a mail is not owed"),
    LOGIN_JAR(
            "login.jar",
            "",
            "Jar with your own login, see [Login](login.md#your-own-login); empty: the users' table below"),
    LOGIN_TABLE("login.table", "users", "Table of the users in the DataSource `jdbc/security`"),
    LOGIN_ID("login.id-column", "id", "Its column with the user id"),
    LOGIN_LOGIN("login.login-column", "login", "Its column with the login"),
    LOGIN_PASSWORD("login.password-column", "password", "Its column with the password"),
    LOGIN_FORMAT(
            "login.password-format", "auto", "`auto`: a hash, known by its prefix; `plain`: what the client sends"),
    LOGIN_FAILURES(
            "login.failures",
            String.valueOf(LoginLimits.DEFAULTS.perPair().maxFailures()),
            "Failed attempts of one login from one address in five minutes; after them, one attempt every 30 s is checked"),
    LOGIN_ADDRESS_FAILURES(
            "login.address-failures",
            String.valueOf(LoginLimits.DEFAULTS.perAddress().maxFailures()),
            "Failed attempts from one address with any login in five minutes; after them, one attempt every 10 s is checked"),
    LOGIN_CHECKS("login.checks", String.valueOf(CheckLimits.DEFAULTS.atOnce()), "Password checks at the same time"),
    LOGIN_TIMEOUT(
            "login.timeout", CheckLimits.DEFAULTS.maxCheck().toString(), "Longest wait for the check of one login"),
    DEMO("demo", "false", "`true`: the page `/demo/` and the users `alice` and `bob`"),
    DEMO_EXTRA_USERS(
            "demo.extra-users", "0", "With the demo: users `u1`, `u2`, ... with the password `pw`, for load tests");

    static final String PREFIX = "notification.";

    private static final Pattern OF_A_SERVICE =
            Pattern.compile("NOTIFICATION_(SERVICE_HOST|SERVICE_PORT(_.+)?|PORT|PORT_\\d+_(TCP|UDP|SCTP)(_.+)?)");

    private final String suffix;
    private final String standard;
    private final String meaning;

    Setting(String suffix, String standard, String meaning) {
        this.suffix = suffix;
        this.standard = standard;
        this.meaning = meaning;
    }

    /** The name with its prefix. */
    String key() {
        return PREFIX + suffix;
    }

    /** The value where none is given; empty for none. */
    String standard() {
        return standard;
    }

    /** The line of the table in docs/settings.md. */
    String row() {
        return "| `" + key() + "` | " + (standard.isEmpty() ? "" : "`" + standard + "`") + " | " + meaning + " |";
    }

    /** Whether a name with the prefix is a setting, in the form of a property or of an environment variable. */
    static boolean isKnown(String name) {
        String plain = plain(name);
        return Arrays.stream(values()).anyMatch(setting -> plain(setting.key()).equals(plain));
    }

    /**
     * Whether a name has the prefix, in either form, and is no setting. Variables that Kubernetes sets for a service of
     * the name {@code notification} are not ours.
     */
    static boolean isUnknown(String name) {
        return plain(name).startsWith(plain(PREFIX))
                && !isKnown(name)
                && !OF_A_SERVICE.matcher(name).matches();
    }

    /** The setting whose name differs least from a misspelled one; empty where all differ in more than a third. */
    static Optional<Setting> nearest(String name) {
        String plain = plain(name);
        int most = (plain.length() - PREFIX.length()) / 3;
        return Arrays.stream(values())
                .filter(setting -> edits(plain, plain(setting.key())) <= most)
                .min(Comparator.comparingInt(setting -> edits(plain, plain(setting.key()))));
    }

    /** Levenshtein's distance. */
    private static int edits(String from, String to) {
        int[] row = IntStream.rangeClosed(0, to.length()).toArray();
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }

    /** One form for properties and environment variables. */
    static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "_");
    }
}
