package org.wsnotify.config;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/**
 * Limits of the connections of clients, and of what they read.
 *
 * @param unseenLimit the most notifications in an answer to {@code unseen}
 * @param maxConnections over all users and addresses
 * @param queueFrames the most frames that wait for one client
 * @param queueCharacters the most characters that wait for one client
 * @param maxRequests the most requests of one client that wait for their answer
 */
record ConnectionSettings(
        List<String> allowedOrigins,
        int pageSize,
        int unseenLimit,
        int maxConnections,
        int maxPerUser,
        int maxPerAddress,
        int queueFrames,
        int queueCharacters,
        int maxRequests,
        Duration sendTimeout,
        Duration heartbeat) {

    /** An idle connection takes up to 31 KiB on Payara and 23 KiB on Open Liberty; the rest of the heap is for work. */
    private static final long HEAP_PER_CONNECTION = 48 * 1024;

    /** So many file descriptors are left for the server, the store, its mail and those who are told to try later. */
    private static final int OTHER_DESCRIPTORS = 1000;

    private static final int MAX_CONNECTIONS = 1_000_000;

    /** Each join copies the list of the user's sessions. */
    private static final int MAX_PER_USER = 10_000;

    static ConnectionSettings read(SettingsReader reader) {
        return new ConnectionSettings(
                reader.origins(Setting.ALLOWED_ORIGINS),
                reader.number(Setting.PAGE_SIZE, 1, 1000),
                reader.number(Setting.UNSEEN, 1, 10_000),
                reader.number(Setting.SESSIONS, 1, MAX_CONNECTIONS, defaultConnections()),
                reader.number(Setting.SESSIONS_PER_USER, 1, MAX_PER_USER),
                reader.number(Setting.SESSIONS_PER_ADDRESS, 1, MAX_CONNECTIONS),
                reader.number(Setting.QUEUE_FRAMES, 1, 1_000_000),
                reader.number(Setting.QUEUE_CHARACTERS, 1024, 1 << 30),
                reader.number(Setting.REQUESTS, 1, 10_000),
                reader.duration(Setting.SEND_TIMEOUT, Duration.ofSeconds(1), Duration.ofMinutes(10)),
                reader.duration(Setting.HEARTBEAT, Duration.ofSeconds(1), Duration.ofMinutes(20)));
    }

    private static int defaultConnections() {
        return connectionsFor(Runtime.getRuntime().maxMemory(), FileDescriptors.limit());
    }

    /**
     * Returns how many connections a process can have.
     *
     * @param heap its largest size in bytes
     * @param descriptors how many files and connections it may have open; empty if there is no limit
     */
    static int connectionsFor(long heap, OptionalLong descriptors) {
        long open = descriptors.orElse(Integer.MAX_VALUE);
        long most = Math.min(heap / HEAP_PER_CONNECTION, open - Math.min(OTHER_DESCRIPTORS, open / 2));
        return (int) Math.max(1, Math.min(MAX_CONNECTIONS, most));
    }
}
