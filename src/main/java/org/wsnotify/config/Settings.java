package org.wsnotify.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.wsnotify.client.IpRange;
import org.wsnotify.http.ApiKey;
import org.wsnotify.jdbc.JdbcLoginSettings;
import org.wsnotify.smtp.EhloName;
import org.wsnotify.smtp.SmtpSettings;

/**
 * All settings, typed and checked. Read once, at start; immutable. Names, defaults and meanings are in {@link Setting}.
 *
 * @param mongodbUri present: MongoDB is the store; otherwise the embedded one
 */
public record Settings(
        Optional<String> mongodbUri,
        String mongodbDatabase,
        Path embeddedDirectory,
        boolean embeddedAcceptOlder,
        Publishing publishing,
        Sessions sessions,
        SockJs sockJs,
        Mail mail,
        Login login,
        boolean demo,
        int demoExtraUsers) {

    /**
     * As much as fits into what is stored together: a mail to one address that all the users have, which is one entry
     * of the outbox, holds what was in the body and some sixty bytes for each user, and MongoDB takes 16 MB.
     */
    private static final int MOST_BODY = 8 << 20;

    /** An idle connection takes up to 31 KiB on Payara and 23 KiB on Open Liberty; the rest of the heap is for work. */
    private static final long HEAP_OF_A_SESSION = 48 * 1024;

    private static final int MOST_USERS = 100_000;

    /** Who may publish, and how much. */
    public record Publishing(
            List<ApiKey> apiKeys,
            List<IpRange> trustedProxies,
            int maxBody,
            Duration bodyTimeout,
            int maxUsers,
            int maxContent) {
        /** Who may publish, for the log. */
        String callers() {
            return apiKeys.isEmpty()
                    ? "callers on this machine"
                    : "holders of " + (apiKeys.size() == 1 ? "the API key" : "the " + apiKeys.size() + " API keys");
        }

        @Override
        public String toString() {
            return "Publishing[" + apiKeys.size() + " keys]";
        }
    }

    /** Connections and what they are given. */
    public record Sessions(
            List<String> allowedOrigins,
            int pageSize,
            int unseen,
            int most,
            int perUser,
            int perAddress,
            int queueFrames,
            int queueCharacters,
            int requests,
            Duration sendTimeout,
            Duration heartbeat) {}

    /** What is special to SockJS. */
    public record SockJs(int sessionsPerAddress, int responseCharacters, boolean cookie, String client) {}

    /** Where mail goes. */
    public record Mail(
            Optional<String> host,
            int port,
            String security,
            Optional<String> user,
            Optional<String> password,
            String from,
            Optional<String> ehlo,
            Duration timeout,
            int chunk,
            Path directory,
            Duration hold) {
        /** Where mail goes, for the log. */
        String destination() {
            return host.map(server -> "the mail server " + server + ", port " + port)
                    .orElseGet(() -> "files in " + directory);
        }

        @Override
        public String toString() {
            return "Mail[" + host + ", " + port + "]";
        }
    }

    /** The users' table, and the limits of failed logins. */
    public record Login(
            Optional<Path> jar,
            String table,
            String idColumn,
            String loginColumn,
            String passwordColumn,
            String passwordFormat,
            int failures,
            int addressFailures,
            int checks,
            Duration timeout) {}

    /**
     * Reads and checks all settings.
     *
     * @param source gives the value of a name, with its prefix
     * @throws SettingsException some of them cannot work; it names all of them
     */
    public static Settings read(Function<String, Optional<String>> source) {
        SettingsReader reader = new SettingsReader(source);
        Settings settings = new Settings(
                reader.optional(Setting.MONGODB_URI),
                reader.text(Setting.MONGODB_DATABASE),
                reader.path(Setting.EMBEDDED_DIRECTORY),
                reader.flag(Setting.EMBEDDED_ACCEPT_OLDER),
                publishing(reader),
                sessions(reader),
                sockJs(reader),
                mail(reader),
                login(reader),
                reader.flag(Setting.DEMO),
                reader.number(Setting.DEMO_EXTRA_USERS, 0, 100_000));
        if (settings.mongodbUri().isPresent()
                && reader.given(Setting.EMBEDDED_DIRECTORY).isPresent()) {
            reader.fault("Both " + Setting.MONGODB_URI.key() + " and " + Setting.EMBEDDED_DIRECTORY.key()
                    + " are set, but there is only one store: remove one of them.");
        }
        reader.check();
        return settings;
    }

    private static Publishing publishing(SettingsReader reader) {
        return new Publishing(
                reader.list(Setting.API_KEYS, ApiKey::of),
                reader.list(Setting.TRUSTED_PROXIES, IpRange::of),
                reader.number(Setting.MAX_BODY, 1024, MOST_BODY),
                reader.duration(Setting.BODY_TIMEOUT, Duration.ofSeconds(1), Duration.ofMinutes(10)),
                reader.number(Setting.MAX_USERS, 1, MOST_USERS),
                reader.number(Setting.MAX_CONTENT, 1, 1 << 20));
    }

    private static Sessions sessions(SettingsReader reader) {
        return new Sessions(
                reader.origins(Setting.ALLOWED_ORIGINS),
                reader.number(Setting.PAGE_SIZE, 1, 1000),
                reader.number(Setting.UNSEEN, 1, 10_000),
                reader.number(Setting.SESSIONS, 1, 1_000_000, sessionsForHeap()),
                reader.number(Setting.SESSIONS_PER_USER, 1, 1_000_000),
                reader.number(Setting.SESSIONS_PER_ADDRESS, 1, 1_000_000),
                reader.number(Setting.QUEUE_FRAMES, 1, 1_000_000),
                reader.number(Setting.QUEUE_CHARACTERS, 1024, 1 << 30),
                reader.number(Setting.REQUESTS, 1, 10_000),
                reader.duration(Setting.SEND_TIMEOUT, Duration.ofSeconds(1), Duration.ofMinutes(10)),
                reader.duration(Setting.HEARTBEAT, Duration.ofSeconds(1), Duration.ofMinutes(20)));
    }

    private static int sessionsForHeap() {
        return (int) Math.max(1, Math.min(1_000_000, Runtime.getRuntime().maxMemory() / HEAP_OF_A_SESSION));
    }

    private static SockJs sockJs(SettingsReader reader) {
        return new SockJs(
                reader.number(Setting.SOCKJS_PER_ADDRESS, 1, 1_000_000),
                reader.number(Setting.SOCKJS_RESPONSE, 1024, 1 << 30),
                reader.flag(Setting.SOCKJS_COOKIE),
                reader.text(Setting.SOCKJS_CLIENT));
    }

    /**
     * The default sender is for mail servers on this host. Any other one refuses it, and each mail would be given up
     * after three days: that is better said at the start.
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

    private static Mail mail(SettingsReader reader) {
        return new Mail(
                reader.optional(Setting.MAIL_HOST),
                reader.number(Setting.MAIL_PORT, 1, 65_535),
                reader.choice(Setting.MAIL_SECURITY, "starttls", "tls", "none"),
                reader.optional(Setting.MAIL_USER),
                reader.optional(Setting.MAIL_PASSWORD),
                sender(reader),
                ehlo(reader),
                reader.duration(Setting.MAIL_TIMEOUT, Duration.ofMillis(100), Duration.ofMinutes(10)),
                reader.number(Setting.MAIL_CHUNK, 1, 1000),
                reader.path(Setting.MAIL_DIRECTORY),
                reader.duration(Setting.MAIL_HOLD, Duration.ZERO, Duration.ofHours(1)));
    }

    private static Login login(SettingsReader reader) {
        return new Login(
                reader.given(Setting.LOGIN_JAR).map(given -> reader.path(Setting.LOGIN_JAR)),
                reader.text(Setting.LOGIN_TABLE, JdbcLoginSettings::isTable, "is not " + JdbcLoginSettings.TABLE_RULE),
                column(reader, Setting.LOGIN_ID),
                column(reader, Setting.LOGIN_LOGIN),
                column(reader, Setting.LOGIN_PASSWORD),
                reader.choice(Setting.LOGIN_FORMAT, "auto", "plain"),
                reader.number(Setting.LOGIN_FAILURES, 1, 1_000_000),
                reader.number(Setting.LOGIN_ADDRESS_FAILURES, 1, 1_000_000),
                reader.number(Setting.LOGIN_CHECKS, 1, 64),
                reader.duration(Setting.LOGIN_TIMEOUT, Duration.ofMillis(100), Duration.ofMinutes(5)));
    }

    private static String column(SettingsReader reader, Setting setting) {
        return reader.text(setting, JdbcLoginSettings::isColumn, "is not " + JdbcLoginSettings.COLUMN_RULE);
    }
}
