package org.wsnotify.config;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.wsnotify.delivery.MailPolicy;
import org.wsnotify.login.CheckLimits;
import org.wsnotify.login.LoginLimits;
import org.wsnotify.password.PasswordFormat;

/**
 * Every setting: its name, its default and its meaning. A test compares them with the table in docs/settings.md.
 *
 * <p>Names have the prefix {@value #PREFIX}.
 */
enum Setting {
    MONGODB_URI("mongodb.uri", "", "Connection string of MongoDB. Empty: the embedded store"),
    MONGODB_DATABASE("mongodb.database", "ws_notification", "Database in MongoDB"),
    EMBEDDED_DIRECTORY("embedded.directory", "notification-data", "Folder of the embedded store"),
    EMBEDDED_ACCEPT_OLDER(
            "embedded.accept-older",
            "false",
            "`true`: also start with a damaged or older file, and log what is missing"),
    BACKUP_DIRECTORY(
            "backup.directory", "", "Folder in which `POST /backup` copies the embedded store. Empty: no backups"),
    BACKUP_KEEP("backup.keep", "7", "How many of the newest backups are kept"),
    NODE_LEASE(
            "node.lease",
            "PT15S",
            "With several servers on one MongoDB: how long one that died still counts as there. A living one "
                    + "renews its lease three times in this time"),
    RELAY_URI(
            "relay.mongodb-uri",
            "",
            "Connection string of the MongoDB through which several servers tell each other. Empty: the one above"),
    API_KEYS(
            "api-keys",
            "",
            "Keys of publishers, separated by commas. Each is plain, or `sha256:` and the 64 "
                    + "hexadecimal digits of its SHA-256. Empty: only callers on this machine may publish"),
    ALLOWED_ORIGINS("allowed-origins", "", "Origins of other pages that may connect, separated by commas. `*`: any"),
    TRUSTED_PROXIES(
            "trusted-proxies",
            "",
            "Addresses or ranges (`10.0.0.0/8`, `fd00::/8`) of reverse proxies whose "
                    + "`X-Forwarded-For` is trusted, separated by commas. Host names are not allowed"),
    KEEP_DELETED(
            "keep.deleted",
            "7d",
            "How long notifications are kept after they left the inbox: days (`7d`) or an ISO 8601 duration "
                    + "(`PT12H`), also for single types: `7d, chat=1d`. Empty: for ever"),
    KEEP_SEEN("keep.seen", "", "How long seen notifications are kept after they were seen. Empty: for ever"),
    KEEP_ALL("keep.all", "", "How long notifications are kept after they were published. Empty: for ever"),
    MAX_BODY("notify.max-body", "4194304", "Maximum size of a body of `/notify`, in bytes"),
    BODY_TIMEOUT(
            "notify.body-timeout",
            "PT30S",
            "Maximum time until the body of a request has arrived, plus one second for each 16,384 bytes"),
    MAX_USERS("notify.max-users", "10000", "Maximum number of users in one `/notify`"),
    MAX_CONTENT("notify.max-content", "65536", "Maximum length of a notification's content, in characters"),
    PAGE_SIZE("page-size", "30", "Notifications on a page"),
    UNSEEN(
            "unseen-limit",
            "1000",
            "Maximum number of notifications in an answer to `unseen`. Counts are exact up to this number"),
    SESSIONS(
            "session.max",
            "",
            "Maximum number of open connections. Empty: one for each 48 KiB of the heap, or fewer: 1,000 of the files that the process may open, or half of them, are left for other things"),
    SESSIONS_PER_USER("session.per-user", "50", "Maximum number of connections of one user"),
    SESSIONS_PER_ADDRESS(
            "session.per-address", "1000", "Maximum number of connections from one address (IPv6: from one /56)"),
    QUEUE_FRAMES(
            "session.queue-frames",
            "1000",
            "Maximum number of frames that wait for one client. A slower client is closed"),
    QUEUE_CHARACTERS("session.queue-characters", "2097152", "Maximum number of characters that wait for one client"),
    SEND_TIMEOUT(
            "session.send-timeout",
            "PT10S",
            "Maximum time to send one frame, plus one second for each 32,768 characters"),
    HEARTBEAT(
            "session.heartbeat",
            "PT25S",
            "Time between two pings. A client that is silent for twice as long, plus one second for each 32,768 "
                    + "characters sent to it and at most 128 seconds, is closed"),
    REQUESTS("session.requests", "64", "Maximum number of requests of one client that wait for their answer"),
    SOCKJS_PER_ADDRESS(
            "sockjs.sessions-per-address",
            "1000",
            "Maximum number of SockJS sessions without a WebSocket from one address (IPv6: from one /56)"),
    SOCKJS_RESPONSE(
            "sockjs.response-characters",
            "131072",
            "Length at which a streaming response ends, in characters. The client then asks for the next one"),
    SOCKJS_COOKIE("sockjs.cookie", "false", "`true`: set the cookie `JSESSIONID`, for load balancers that need it"),
    SOCKJS_CLIENT(
            "sockjs.client",
            "/sockjs/1.6.1/sockjs.min.js",
            "SockJS client that the iframe page loads. It must have the version that the embedding pages use"),
    MAIL_HOST("mail.host", "", "SMTP server. Empty: mails are written as `.eml` files"),
    MAIL_PORT("mail.port", "587", "Port of the SMTP server"),
    MAIL_SECURITY("mail.security", "starttls", "`starttls`, `tls` or `none`"),
    MAIL_USER("mail.user", "", "User at the SMTP server. Empty: no login"),
    MAIL_PASSWORD("mail.password", "", "Password at the SMTP server"),
    MAIL_FROM("mail.from", "notification@localhost", "Sender of the mails"),
    MAIL_EHLO(
            "mail.ehlo",
            "",
            "Name of this server in `EHLO`: a domain, or an address as in `[192.0.2.1]`. Empty: the "
                    + "host name if it has a dot, otherwise the address"),
    MAIL_TIMEOUT("mail.timeout", "PT30S", "Maximum time to wait for an answer of the SMTP server"),
    MAIL_CHUNK(
            "mail.chunk",
            String.valueOf(MailPolicy.DEFAULTS.maxRecipients()),
            "Maximum number of recipients of one mail"),
    MAIL_DIRECTORY("mail.directory", "notification-mail", "Folder of the `.eml` files"),
    MAIL_HOLD(
            "mail.hold",
            MailPolicy.DEFAULTS.hold().toString(),
            "How long the mail to a user who seems to be online waits for a sign of life. `PT0S`: "
                    + "users who seem to be online get no mail"),
    TOKEN_SECRET(
            "token.secret",
            "",
            "Secrets of at least 32 bytes for [tokens](tokens.md) signed with HS256, separated by commas. The "
                    + "first one signs those of `POST /token`"),
    TOKEN_JWKS_URL(
            "token.jwks-url",
            "",
            "URL (`https`, or a loopback address) of the public keys for tokens signed with RS256, ES256 or EdDSA"),
    TOKEN_AUDIENCE(
            "token.audience", "", "What `aud` of a token must contain. Empty: anything; needed with the URL above"),
    TOKEN_ISSUER("token.issuer", "", "What `iss` of a token must be. Empty: anything"),
    LOGIN_JAR("login.jar", "", "Jar with [your own login](login.md#your-own-login). Empty: the table below"),
    LOGIN_TABLE("login.table", "users", "Table of the users, in the DataSource `jdbc/security`"),
    LOGIN_ID("login.id-column", "id", "Column of the user id"),
    LOGIN_LOGIN("login.login-column", "login", "Column of the login"),
    LOGIN_PASSWORD("login.password-column", "password", "Column of the password"),
    LOGIN_FORMAT("login.password-format", PasswordFormat.DEFAULT.setting(), PasswordFormat.meanings()),
    LOGIN_FAILURES(
            "login.failures",
            String.valueOf(LoginLimits.DEFAULTS.perPair().maxFailures()),
            "Maximum number of failed attempts of one login from one address in five minutes. After "
                    + "that, one attempt is checked every 30 s"),
    LOGIN_ADDRESS_FAILURES(
            "login.address-failures",
            String.valueOf(LoginLimits.DEFAULTS.perAddress().maxFailures()),
            "Maximum number of failed attempts of any login from one address in five minutes. After "
                    + "that, one attempt is checked every 10 s"),
    LOGIN_CHECKS(
            "login.checks",
            String.valueOf(CheckLimits.DEFAULTS.atOnce()),
            "Maximum number of password checks at the same time"),
    LOGIN_TIMEOUT(
            "login.timeout",
            CheckLimits.DEFAULTS.maxCheck().toString(),
            "Maximum time to wait for the check of one login"),
    DEMO("demo", "false", "`true`: show the page `/demo/`, and add the users `alice` and `bob`"),
    DEMO_EXTRA_USERS(
            "demo.extra-users",
            "0",
            "Number of further demo users for load tests: `u1`, `u2`, ... with the password `pw`");

    static final String PREFIX = "notification.";

    /** Variables that Kubernetes sets for a service named {@code notification}. */
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

    /** Returns the name with its prefix. */
    String key() {
        return PREFIX + suffix;
    }

    /** Returns the default; empty if there is none. */
    String standard() {
        return standard;
    }

    /** Returns the row of the table in docs/settings.md. */
    String row() {
        return "| `" + key() + "` | " + (standard.isEmpty() ? "" : "`" + standard + "`") + " | " + meaning + " |";
    }

    /** Returns whether a name is a setting, as a property or as an environment variable. */
    static boolean isKnown(String name) {
        String plain = plain(name);
        return Arrays.stream(values()).anyMatch(setting -> plain(setting.key()).equals(plain));
    }

    /** Returns whether a name has the prefix, in either form, but is not a setting. */
    static boolean isUnknown(String name) {
        return plain(name).startsWith(plain(PREFIX))
                && !isKnown(name)
                && !OF_A_SERVICE.matcher(name).matches();
    }

    /** Returns the setting with the most similar name; empty if more than a third of the name differs from all. */
    static Optional<Setting> nearest(String name) {
        String plain = plain(name);
        int most = (plain.length() - PREFIX.length()) / 3;
        return Arrays.stream(values())
                .filter(setting -> edits(plain, plain(setting.key())) <= most)
                .min(Comparator.comparingInt(setting -> edits(plain, plain(setting.key()))));
    }

    /** Returns the Levenshtein distance. */
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

    /** Returns the name in a form that properties and environment variables share. */
    static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "_");
    }
}
