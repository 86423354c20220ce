package org.wsnotify.it;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/**
 * A device of a user: a WebSocket that keeps what a bell shows.
 *
 * <p>It connects again whenever it is closed, as pages do, and begins anew with the answer to its login. It records
 * what no device may ever be told in {@link #faults}. Safe for use by many threads.
 */
final class Bell implements AutoCloseable {

    static final String PASSWORD = "pw";

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final long MOST_PAUSE = 4_000;
    private static final int GOING_AWAY = 1001;
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final ScheduledExecutorService TIMER = Executors.newScheduledThreadPool(1, task -> {
        Thread thread = new Thread(task, "bells");
        thread.setDaemon(true);
        return thread;
    });

    private final String user;
    private final Supplier<Optional<Integer>> nodes;
    private final Function<Integer, URI> address;
    private final BiConsumer<String, Long> rung;
    private final Set<String> faults = new TreeSet<>();
    private final List<Stay> stays = new CopyOnWriteArrayList<>();
    private final Map<String, String> unseen = new TreeMap<>();
    private Unseen counts = Unseen.NONE;
    private Connection current;
    private boolean ended;
    private int attempt;
    private int pushes;
    private int repeats;
    private int turnedAway;

    /** The counts of unseen notifications. */
    record Unseen(int total, Map<String, Integer> byType) {

        static final Unseen NONE = new Unseen(0, Map.of());

        static Unseen of(JsonObject counts) {
            Map<String, Integer> byType = new HashMap<>();
            JsonObject given = counts.getJsonObject("byType");
            given.keySet().forEach(type -> byType.put(type, given.getInt(type)));
            return new Unseen(counts.getInt("unseen"), byType);
        }

        static Unseen of(Map<String, String> typesById) {
            return new Unseen(
                    typesById.size(),
                    typesById.values().stream().collect(Collectors.toMap(type -> type, type -> 1, Integer::sum)));
        }
    }

    /** What a device shows. */
    record Shown(Set<String> ids, Unseen counts) {}

    /** The time that a device was joined on a node, up to now if it still is. */
    static final class Stay {
        final int node;
        final Instant from = Instant.now();
        private volatile Instant to = Instant.MAX;

        private Stay(int node) {
            this.node = node;
        }

        /** Returns when it ended; far in the future if it has not. */
        Instant end() {
            return to;
        }

        boolean covers(Instant begin, Instant end) {
            return from.isBefore(begin) && to.isAfter(end);
        }

        boolean overlaps(Instant begin, Instant end) {
            return from.isBefore(end) && to.isAfter(begin);
        }
    }

    /**
     * @param nodes chooses the number of a node for each connection; empty: none answers now
     * @param address of the WebSocket of a node
     * @param rung is told the content of each notification that is pushed, and the time ({@link System#nanoTime})
     */
    Bell(
            String user,
            Supplier<Optional<Integer>> nodes,
            Function<Integer, URI> address,
            BiConsumer<String, Long> rung) {
        this.user = user;
        this.nodes = nodes;
        this.address = address;
        this.rung = rung;
    }

    /** A device that is always connected to the same server. */
    static Bell at(TestServer server, String user) {
        return at(server, user, (content, when) -> {});
    }

    static Bell at(TestServer server, String user, BiConsumer<String, Long> rung) {
        return new Bell(user, () -> Optional.of(0), node -> server.socket(), rung)
                .open()
                .awaitJoined();
    }

    /** A device that connects to any server of a cluster. */
    static Bell in(Cluster cluster, String user, BiConsumer<String, Long> rung) {
        return new Bell(user, cluster::any, node -> cluster.node(node).socket(), rung).open();
    }

    String user() {
        return user;
    }

    /** Connects. To be called once. */
    Bell open() {
        connect();
        return this;
    }

    Bell awaitJoined() {
        Awaitility.await("the bell of " + user + " to be joined")
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(5))
                .until(this::isJoined);
        return this;
    }

    synchronized boolean isJoined() {
        return current != null && current.stay != null;
    }

    synchronized boolean isEnded() {
        return ended;
    }

    synchronized Shown shown() {
        return new Shown(Set.copyOf(unseen.keySet()), counts);
    }

    /** Returns whether the counts are those of what is shown. */
    synchronized boolean agreesWithItself() {
        return counts.equals(Unseen.of(unseen));
    }

    synchronized List<String> unseen() {
        return List.copyOf(unseen.keySet());
    }

    /** Returns what it was told that no device may be told. */
    synchronized Set<String> faults() {
        return Set.copyOf(faults);
    }

    List<Stay> stays() {
        return stays;
    }

    synchronized int pushes() {
        return pushes;
    }

    /** Returns how often it was pushed what the answer to its login contained already. */
    synchronized int repeats() {
        return repeats;
    }

    /** Returns how often a server that stops has opened a connection only to close it. */
    synchronized int turnedAway() {
        return turnedAway;
    }

    void seen(List<String> ids) {
        send("{\"name\":\"seen\",\"data\":{\"ids\":"
                + Json.createArrayBuilder(ids).build() + "}}");
    }

    void seenAll() {
        send("{\"name\":\"seenAll\"}");
    }

    void delete(List<String> ids) {
        send("{\"name\":\"delete\",\"data\":{\"ids\":"
                + Json.createArrayBuilder(ids).build() + "}}");
    }

    /** Closes it as a page does that the user leaves. */
    @Override
    public void close() {
        Connection last;
        synchronized (this) {
            ended = true;
            last = current;
            current = null;
        }
        if (last != null) {
            last.end();
            if (last.socket != null) {
                last.socket.sendClose(WebSocket.NORMAL_CLOSURE, "").exceptionally(failed -> null);
            }
        }
    }

    private synchronized void send(String text) {
        if (current != null && current.stay != null) {
            current.send(text);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the connection is told of failures
    private void connect() {
        Connection connection;
        synchronized (this) {
            if (ended) {
                return;
            }
            Optional<Integer> node = nodes.get();
            if (node.isEmpty()) {
                connectLater();
                return;
            }
            connection = new Connection(node.get());
            current = connection;
        }
        TIMER.schedule(connection::giveUpUnlessJoined, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        HTTP.newWebSocketBuilder()
                .connectTimeout(PATIENCE)
                .buildAsync(address.apply(connection.node), connection)
                .whenComplete((socket, failed) -> {
                    if (failed != null) {
                        connection.lost();
                    }
                });
    }

    /** As a page does (bell/connection.js), but never after more than some seconds. */
    @SuppressWarnings("FutureReturnValueIgnored") // it cannot fail
    private synchronized void connectLater() {
        long pause = Math.min(MOST_PAUSE, 500L << Math.min(attempt++, 10));
        TIMER.schedule(
                this::connect, ThreadLocalRandom.current().nextLong(pause / 2, pause + 1), TimeUnit.MILLISECONDS);
    }

    /** One connection. It is told by one thread at a time. */
    private final class Connection implements WebSocket.Listener {

        private final int node;
        private final StringBuilder partial = new StringBuilder();
        private final Set<String> pushed = new HashSet<>();
        private final Set<String> answered = new HashSet<>();
        private volatile WebSocket socket;
        private volatile Stay stay;

        Connection(int node) {
            this.node = node;
        }

        @Override
        public void onOpen(WebSocket opened) {
            socket = opened;
            opened.request(1);
            send("{\"name\":\"join\",\"data\":{\"login\":\"" + user + "\",\"password\":\"" + PASSWORD + "\"}}");
        }

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            long now = System.nanoTime();
            partial.append(data);
            if (last) {
                JsonObject envelope =
                        Json.createReader(new StringReader(partial.toString())).readObject();
                partial.setLength(0);
                receive(envelope, now);
            }
            from.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            if (code == GOING_AWAY && stay == null) {
                synchronized (Bell.this) {
                    turnedAway++;
                }
            }
            lost();
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            lost();
        }

        void send(String text) {
            WebSocket open = socket;
            if (open != null) {
                open.sendText(text, true).exceptionally(failed -> null);
            }
        }

        void giveUpUnlessJoined() {
            if (stay == null) {
                lost();
            }
        }

        void end() {
            if (stay != null) {
                stay.to = Instant.now();
            }
        }

        void lost() {
            end();
            synchronized (Bell.this) {
                if (current != this) {
                    return;
                }
                current = null;
            }
            if (socket != null) {
                socket.abort();
            }
            connectLater();
        }

        private void receive(JsonObject envelope, long now) {
            synchronized (Bell.this) {
                if (current != this) {
                    return;
                }
                switch (envelope.getString("name")) {
                    case "joined" -> {
                        unseen.clear();
                        counts = Unseen.of(envelope.getJsonObject("data").getJsonObject("counts"));
                    }
                    case "notification" -> notified(envelope, now);
                    case "seen" -> seen(envelope);
                    case "delete" -> Client.ids(envelope).forEach(unseen::remove);
                    case "counts" -> counts = Unseen.of(envelope.getJsonObject("data"));
                    default -> {
                        if (stay == null) {
                            lost();
                        }
                    }
                }
                if (envelope.containsKey("counts")) {
                    counts = Unseen.of(envelope.getJsonObject("counts"));
                }
            }
        }

        private void notified(JsonObject envelope, long now) {
            boolean answer = envelope.containsKey("page");
            for (JsonObject item : envelope.getJsonArray("data").getValuesAs(JsonObject.class)) {
                String id = item.getString("_id");
                unseen.put(id, item.get("type") instanceof JsonString type ? type.getString() : "");
                if (answer) {
                    answered.add(id);
                } else {
                    pushed(id, item.getString("content"), now);
                }
            }
            if (answer && stay == null) {
                stay = new Stay(node);
                stays.add(stay);
                attempt = 0;
            }
        }

        private void pushed(String id, String content, long now) {
            pushes++;
            if (!pushed.add(id)) {
                faults.add(user + " was pushed " + id + " twice on one connection");
            }
            if (answered.contains(id)) {
                repeats++;
            }
            rung.accept(content, now);
        }

        /** After "all seen up to", what was stored late under an older id is pushed again. */
        private void seen(JsonObject envelope) {
            Client.ids(envelope).forEach(unseen::remove);
            if (envelope.getBoolean("all", false)) {
                String upTo = envelope.getString("upTo");
                unseen.keySet().removeIf(id -> id.compareTo(upTo) <= 0);
                pushed.removeIf(id -> id.compareTo(upTo) <= 0);
            }
        }
    }
}
