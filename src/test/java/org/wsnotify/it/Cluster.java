package org.wsnotify.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.wsnotify.smtp.SmtpStub;

/**
 * Servers on one database of their own, with one mail server. Both kinds of servers are mixed if both are installed.
 *
 * <p>It remembers what was done to the servers and to the database, and when. Safe for use by many threads, except that
 * one thread at a time may harm it.
 */
final class Cluster implements AutoCloseable {

    /** The lease of a server, in seconds. */
    static final Duration LEASE = Duration.ofSeconds(Integer.getInteger("notification.test.cluster-lease", 5));

    /** How long the mail to a user who seems to be online waits for a sign of life. */
    static final Duration HOLD = Duration.ofSeconds(3);

    /** How many users {@code u1}, {@code u2} and so on there are; their password is {@link Bell#PASSWORD}. */
    static final int USERS = 600;

    /** The API key of all publishers: those behind a proxy are not local. */
    static final String API_KEY = "2e7d0ad1c1f84c5b9a3f6b0d8e7c4a19";

    /** The database, as a place of a {@link Fault}. */
    static final int DATABASE = -1;

    private final List<TestServer> nodes = new ArrayList<>();
    private final Set<Integer> paused = ConcurrentHashMap.newKeySet();
    private final Set<Integer> unavailable = ConcurrentHashMap.newKeySet();
    private final List<Fault> faults = new CopyOnWriteArrayList<>();
    private final SmtpStub mails;
    private final MongoProcess database;

    /**
     * What was done to the cluster.
     *
     * @param node the number of a node, or {@link #DATABASE}
     * @param to when it was over
     */
    record Fault(int node, String what, Instant from, Instant to) {

        /** Returns whether it touches a time. */
        boolean overlaps(Instant begin, Instant end) {
            return from.isBefore(end) && to.isAfter(begin);
        }
    }

    private Cluster(Path directory) throws IOException {
        mails = new SmtpStub();
        database = MongoProcess.in(directory.resolve("database"));
    }

    /** Starts a cluster in an empty directory and waits until all servers are ready. */
    static Cluster start(Path directory, int size) {
        try {
            Cluster cluster = new Cluster(directory);
            try {
                List<String> kinds = kinds();
                for (int i = 0; i < size; i++) {
                    cluster.nodes.add(cluster.node(directory.resolve("node" + i), kinds.get(i % kinds.size())));
                    cluster.unavailable.add(i);
                }
                cluster.awaitAll();
            } catch (RuntimeException | Error e) {
                cluster.close();
                throw e;
            }
            return cluster;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the kinds of servers that are installed: with both, the first node always runs on Payara. */
    private static List<String> kinds() {
        boolean liberty = Files.exists(Path.of(System.getProperty("liberty.home"), "bin", "server"))
                && Files.isDirectory(Path.of(System.getProperty("liberty.demo.users")));
        return liberty ? List.of("payara", "liberty") : List.of("payara");
    }

    private TestServer node(Path directory, String kind) {
        return TestServer.in(directory, kind)
                .behindProxy()
                .with("notification.demo", "true")
                .with("notification.demo.extra-users", String.valueOf(USERS))
                .with("notification.login.checks", "16")
                .with("notification.api-keys", API_KEY)
                .with("notification.trusted-proxies", "127.0.0.1")
                .with("notification.page-size", "1000")
                .with("notification.unseen-limit", "10000")
                .with("notification.node.lease", LEASE.toString())
                .with("notification.mail.hold", HOLD.toString())
                .with("notification.mail.host", "127.0.0.1")
                .with("notification.mail.port", String.valueOf(mails.port()))
                .with("notification.mail.security", "none")
                .withEnvironment("NOTIFICATION_MONGODB_URI", database.uri());
    }

    int size() {
        return nodes.size();
    }

    TestServer node(int number) {
        return nodes.get(number);
    }

    MongoProcess database() {
        return database;
    }

    /** Returns the mails that have arrived, from all servers. */
    List<SmtpStub.Received> mails() {
        return mails.received();
    }

    List<Fault> faults() {
        return List.copyOf(faults);
    }

    void note(Fault fault) {
        faults.add(fault);
    }

    /** Returns the number of any node that should answer; empty if there is none. */
    Optional<Integer> any() {
        List<Integer> available = IntStream.range(0, nodes.size())
                .filter(node -> !paused.contains(node) && !unavailable.contains(node))
                .boxed()
                .toList();
        return available.isEmpty()
                ? Optional.empty()
                : Optional.of(available.get(ThreadLocalRandom.current().nextInt(available.size())));
    }

    /** Kills a node (SIGKILL). */
    void kill(int number) {
        Instant from = Instant.now();
        nodes.get(number).kill(); // while it is used
        unavailable.add(number);
        // Others know it only when its lease is over; what it was doing is claimed again later.
        note(new Fault(number, "SIGKILL", from, Instant.now().plus(LEASE)));
    }

    /** Stops a node as an operator does (SIGTERM), and waits for its end. */
    void stop(int number) {
        Instant from = Instant.now();
        nodes.get(number).terminate();
        unavailable.add(number);
        nodes.get(number).ended();
        note(new Fault(number, "SIGTERM", from, Instant.now()));
    }

    /** Halts a node for a while (SIGSTOP), and lets it go on (SIGCONT). */
    void pause(int number, Duration time) {
        Instant from = Instant.now();
        nodes.get(number).signal("STOP"); // while it is used
        paused.add(number);
        Pause.of(time);
        nodes.get(number).signal("CONT");
        paused.remove(number);
        note(new Fault(number, "SIGSTOP", from, Instant.now()));
    }

    /** Starts a dead node and does not wait. */
    void launch(int number) {
        nodes.get(number).launch();
    }

    /** Starts all dead nodes and waits until all nodes are ready. */
    void awaitAll() {
        unavailable.stream().filter(number -> !nodes.get(number).isAlive()).forEach(this::launch);
        for (int number : List.copyOf(unavailable)) {
            nodes.get(number).awaitReady();
            unavailable.remove(number);
        }
    }

    @Override
    public void close() {
        nodes.forEach(TestServer::close);
        database.close();
        try {
            mails.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
