package org.wsnotify.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assertions;
import org.wsnotify.it.ClusterPublisher.Answer;
import org.wsnotify.it.ClusterPublisher.Post;
import org.wsnotify.it.ClusterPublisher.Receipt;

/**
 * A random history of users with several devices on a cluster that is harmed meanwhile, and what must be true after it.
 *
 * <p>The seed fixes what is done, not when: threads and processes run as they like.
 */
final class ClusterHistory {

    /** The users {@code u1} to {@code u10}. */
    static final int USERS = 10;

    private static final Duration LONG = Duration.ofMinutes(2);
    private static final Duration BETWEEN_FAULTS = Duration.ofSeconds(8);
    private static final Duration SHORT_HALT = Duration.ofSeconds(5);
    private static final Duration LONG_HALT = Duration.ofSeconds(60);

    private static final int DEVICES = 20;
    private static final int BACK_ENDS = 3;

    /** The users of the first devices. */
    private static final int OFTEN_ABSENT = 4;

    private static final Duration QUIET = Duration.ofSeconds(150);

    /** A dead server may hold the claim of a mail for a minute. */
    private static final Duration MAILED = Duration.ofSeconds(150);

    private final Cluster cluster;
    private final long seed;
    private final List<Bell> bells = new CopyOnWriteArrayList<>();
    private final Map<String, Long> posted = new ConcurrentHashMap<>();
    private final Queue<Receipt> receipts = new ConcurrentLinkedQueue<>();
    private final Queue<Post> unanswered = new ConcurrentLinkedQueue<>();
    private final Set<String> askedToDelete = ConcurrentHashMap.newKeySet();
    private final Latencies latencies = new Latencies();
    private final AtomicInteger attempts = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();
    private final Instant start = Instant.now();
    private volatile boolean over;
    private volatile boolean isLong;

    ClusterHistory(Cluster cluster, long seed) {
        this.cluster = cluster;
        this.seed = seed;
    }

    /** Lets the history happen, and waits until every keyed publication is acknowledged. */
    void run(Duration time) {
        isLong = time.compareTo(LONG) >= 0;
        System.out.printf("random history of %s, seed %d%n", time, seed);
        Instant end = Instant.now().plus(time);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < BACK_ENDS; i++) {
            int number = i;
            threads.add(started("back end " + i, () -> publish(number, new Random(seed + number))));
        }
        threads.add(started("repeats", this::repeat));
        threads.add(started("users", () -> use(new Random(seed + 100))));
        harm(new Random(seed + 200), time, end);
        over = true;
        threads.forEach(ClusterHistory::join);
        cluster.database().failNoMore();
        cluster.awaitAll();
    }

    private static Thread started(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void join(Thread thread) {
        try {
            thread.join(Duration.ofMinutes(4).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        assertThat(thread.isAlive()).as("%s has not ended", thread.getName()).isFalse();
    }

    // ---- back ends

    private void publish(int number, Random random) {
        for (int i = 0; !over; i++) {
            String content = seed + "-" + number + "-" + i;
            List<String> users = IntStream.range(0, 1 + random.nextInt(3))
                    .mapToObj(any -> "u" + (1 + random.nextInt(USERS)))
                    .distinct()
                    .toList();
            boolean mail = random.nextInt(3) == 0;
            boolean keyed = random.nextInt(5) > 0;
            Post post = new Post(content, "type" + random.nextInt(3), users, mail, keyed);
            posted.put(content, System.nanoTime());
            if (!attempt(post)) {
                if (keyed) {
                    unanswered.add(post);
                } else {
                    lost.incrementAndGet();
                }
            }
            Pause.of(Duration.ofMillis(random.nextInt(120)));
        }
    }

    /**
     * Repeats what was not acknowledged, anywhere, until it is. A dead server holds the claim of a key for a minute,
     * for which only a long history waits.
     */
    private void repeat() {
        Instant latest = Instant.MAX;
        while (!over || (!unanswered.isEmpty() && Instant.now().isBefore(latest))) {
            Post post = unanswered.poll();
            if (post != null && !attempt(post)) {
                unanswered.add(post);
                Pause.of(Duration.ofMillis(500));
            } else if (post == null) {
                Pause.of(Duration.ofMillis(50));
            }
            if (over && latest.equals(Instant.MAX)) {
                latest = Instant.now().plus(isLong ? Duration.ofMinutes(3) : Duration.ofSeconds(5));
            }
        }
    }

    private boolean attempt(Post post) {
        Optional<Integer> node = cluster.any();
        if (node.isEmpty()) {
            return false;
        }
        attempts.incrementAndGet();
        Answer answer = ClusterPublisher.post(cluster.node(node.get()).http("/notify"), node.get(), post);
        answer.receipt().ifPresent(receipts::add);
        return answer.receipt().isPresent();
    }

    // ---- users

    private void use(Random random) {
        List<Optional<Bell>> devices = new ArrayList<>(
                Stream.generate(Optional::<Bell>empty).limit(DEVICES).toList());
        while (!over) {
            int number = random.nextInt(DEVICES);
            Optional<Bell> device = devices.get(number);
            if (device.isEmpty()) {
                if (random.nextInt(number < OFTEN_ABSENT ? 20 : 3) == 0) {
                    devices.set(number, Optional.of(newBell(number)));
                }
            } else if (random.nextInt(12) == 0) {
                device.get().close();
                devices.set(number, Optional.empty());
            } else {
                use(device.get(), random);
            }
            Pause.of(Duration.ofMillis(20 + random.nextInt(40)));
        }
    }

    /** Some users have one device each, which is often closed; others have more. */
    private Bell newBell(int device) {
        String user = "u" + (device < OFTEN_ABSENT ? USERS - device : 1 + device % (USERS - OFTEN_ABSENT));
        Bell bell = Bell.in(cluster, user, (content, when) -> rung(content, when));
        bells.add(bell);
        return bell;
    }

    private void rung(String content, long when) {
        Long begun = posted.get(content);
        if (begun != null) {
            latencies.add(when - begun);
        }
    }

    private void use(Bell bell, Random random) {
        List<String> unseen = bell.unseen();
        if (unseen.isEmpty()) {
            return;
        }
        int from = random.nextInt(unseen.size());
        List<String> some = unseen.subList(from, Math.min(unseen.size(), from + 1 + random.nextInt(4)));
        switch (random.nextInt(10)) {
            case 0 -> bell.seenAll();
            case 1, 2 -> {
                askedToDelete.addAll(some);
                bell.delete(some);
            }
            case 3, 4, 5 -> bell.seen(some);
            default -> {}
        }
    }

    // ---- faults

    /** A short history has one fault of each kind; a long one has random faults. */
    private void harm(Random random, Duration time, Instant end) {
        if (!isLong) {
            Duration between = time.dividedBy(8);
            int killed = random.nextInt(cluster.size());
            Pause.of(between);
            cluster.kill(killed);
            cluster.launch(killed);
            Pause.of(between);
            failSomeCommands(random);
            Pause.of(between);
            stepDown();
            cluster.awaitAll();
            killDatabase();
            Pause.of(between);
            cluster.pause(random.nextInt(cluster.size()), SHORT_HALT);
            Pause.of(between);
        } else {
            while (Instant.now().plus(BETWEEN_FAULTS).isBefore(end)) {
                Pause.of(BETWEEN_FAULTS);
                harm(random, random.nextInt(cluster.size()));
            }
            Pause.of(BETWEEN_FAULTS);
        }
    }

    private void harm(Random random, int node) {
        switch (random.nextInt(7)) {
            case 0 -> {
                cluster.kill(node);
                cluster.awaitAll();
            }
            case 1 -> {
                cluster.stop(node);
                cluster.awaitAll();
            }
            case 2 -> cluster.pause(node, SHORT_HALT);
            case 3 -> cluster.pause(node, LONG_HALT);
            case 4 -> killDatabase();
            case 5 -> stepDown();
            default -> failSomeCommands(random);
        }
    }

    private void killDatabase() {
        during("SIGKILL", Duration.ofSeconds(10), () -> {
            cluster.database().kill();
            Pause.of(Duration.ofMillis(500));
            cluster.database().start();
        });
    }

    private void stepDown() {
        during("step down", Duration.ofSeconds(6), () -> cluster.database().stepDown(2));
    }

    private void failSomeCommands(Random random) {
        during("failpoint", Duration.ofSeconds(6), () -> fail(random));
    }

    private void fail(Random random) {
        String[] commands = {"insert", "getMore", "aggregate"};
        if (random.nextBoolean()) {
            cluster.database().closeConnections(1 + random.nextInt(10), commands);
        } else {
            cluster.database().refuse(1 + random.nextInt(10), commands);
        }
    }

    /** @param recovery how long after it the servers may still repeat what failed */
    private void during(String what, Duration recovery, Runnable fault) {
        Instant from = Instant.now();
        fault.run();
        cluster.note(
                new Cluster.Fault(Cluster.DATABASE, what, from, Instant.now().plus(recovery)));
    }

    // ---- what must be true

    /** Waits until all is quiet, and checks. Mails come first: to read what is stored is to be present. */
    void check() {
        try {
            Assertions.assertAll(
                    this::assertDevicesReturn,
                    this::assertAllWithAKeyAreAcknowledged,
                    this::assertOwedMailsArrive,
                    this::assertDevicesShowWhatIsStored,
                    this::assertNothingAcknowledgedIsLost,
                    this::assertNoMailTwice,
                    this::assertNoMailToThoseWhoLooked);
        } finally {
            System.out.println(summary());
            bells.forEach(Bell::close);
        }
    }

    private void assertAllWithAKeyAreAcknowledged() {
        if (isLong) {
            assertThat(unanswered).as("never acknowledged, though repeated").isEmpty();
        }
    }

    private List<Bell> open() {
        return bells.stream().filter(bell -> !bell.isEnded()).toList();
    }

    private void assertDevicesReturn() {
        Awaitility.await("the devices to be joined")
                .atMost(QUIET)
                .until(() -> open().stream().allMatch(Bell::isJoined));
    }

    private void assertDevicesShowWhatIsStored() {
        Awaitility.await("all devices to show what is stored")
                .atMost(QUIET)
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> assertThat(differences(open())).isEmpty());
        assertThat(bells.stream().flatMap(bell -> bell.faults().stream())).isEmpty();
    }

    private List<String> differences(List<Bell> open) {
        Map<String, StoredInbox> stored = new HashMap<>();
        return open.stream()
                .map(bell -> stored.computeIfAbsent(bell.user(), user -> StoredInbox.of(anyNode(), user))
                        .differenceTo(bell))
                .filter(difference -> !difference.isEmpty())
                .toList();
    }

    private TestServer anyNode() {
        return cluster.node(cluster.any().orElseThrow());
    }

    private void assertNothingAcknowledgedIsLost() {
        Map<String, Set<String>> stored = new HashMap<>();
        List<String> missing = new ArrayList<>();
        for (Receipt receipt : receipts) {
            for (JsonObject line : receipt.lines()) {
                String id = line.getString("id");
                String user = line.getString("userId");
                Set<String> all = stored.computeIfAbsent(user, any -> StoredInbox.everythingOf(anyNode(), any));
                if (!all.contains(id) && !askedToDelete.contains(id)) {
                    missing.add(user + ": " + id + " " + receipt.post().content());
                }
            }
        }
        assertThat(missing).as("acknowledged and lost").isEmpty();
    }

    private void assertOwedMailsArrive() {
        Map<SentMails.Key, String> owed = new HashMap<>();
        receipts.forEach(receipt -> owed(receipt)
                .forEach(line -> owed.put(
                        new SentMails.Key(receipt.post().content(), line.getString("userId")), line.getString("id"))));
        Awaitility.await("the owed mails")
                .atMost(MAILED)
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> {
                    SentMails mails = SentMails.of(cluster);
                    assertThat(owed.entrySet().stream()
                                    .filter(one -> mails.to(
                                                    one.getKey().user(),
                                                    one.getKey().subject())
                                            .isEmpty())
                                    .filter(one -> !isNotNeeded(one.getValue()))
                                    .map(one -> one + " " + mailOf(one.getValue())))
                            .as("owed and not sent")
                            .isEmpty();
                });
    }

    /** Returns whether the user has seen the notification before its mail could be sent, for example by a server that died. */
    private boolean isNotNeeded(String notification) {
        return mailOf(notification).getString("status").equals("seen");
    }

    /** Returns what became of the mail of a notification. */
    private JsonObject mailOf(String notification) {
        HttpRequest story = HttpRequest.newBuilder(anyNode().http("/notifications/" + notification))
                .header("X-API-Key", Cluster.API_KEY)
                .build();
        return new Publisher(anyNode().http("/")).send(story).json().getJsonObject("mail");
    }

    /**
     * Returns the recipients who must get a mail, unless they see the notification before: those who were absent for long
     * enough that nothing else can be said.
     */
    private Stream<JsonObject> owed(Receipt receipt) {
        Instant until =
                receipt.answered().plus(Cluster.HOLD).plus(Cluster.LEASE).plusSeconds(15);
        return receipt.lines().stream()
                .filter(line -> line.getString("email").equals("owed")
                        || (line.getString("email").equals("held")
                                && !harmed(Cluster.DATABASE, receipt.begun(), until)
                                && staysOf(line.getString("userId"))
                                        .noneMatch(stay ->
                                                stay.overlaps(receipt.begun().minusMillis(500), until))));
    }

    /** A server that is killed or halted while it sends may leave a mail that is sent once more. */
    private void assertNoMailTwice() {
        List<String> twice = new ArrayList<>();
        SentMails.of(cluster).all().forEach((key, mails) -> {
            Instant first = mails.get(0).at();
            if (key.subject().startsWith(seed + "-")
                    && mails.size() > 1
                    && cluster.faults().stream()
                            .filter(fault -> fault.node() != Cluster.DATABASE)
                            .noneMatch(fault -> fault.overlaps(first.minusSeconds(2), first.plusSeconds(2)))) {
                twice.add(key + ": " + mails);
            }
        });
        assertThat(twice).as("mails sent twice").isEmpty();
    }

    private void assertNoMailToThoseWhoLooked() {
        List<String> wrong = new ArrayList<>();
        SentMails mails = SentMails.of(cluster);
        for (Receipt receipt : receipts) {
            for (String user : receipt.post().users()) {
                for (SentMails.Mail mail : mails.to(user, receipt.post().content())) {
                    looking(user, receipt, mail.at())
                            .ifPresent(stay -> wrong.add(user + " looked at node " + stay.node + " since " + stay.from
                                    + ": " + mail + " " + receipt));
                }
            }
        }
        assertThat(wrong).as("mails to users who looked").isEmpty();
    }

    /** Returns where a user looked all the time until the mail was sent, on an unharmed node with its database. */
    private Optional<Bell.Stay> looking(String user, Receipt receipt, Instant sent) {
        Instant begun = posted(receipt);
        if (harmed(Cluster.DATABASE, begun, sent)) {
            return Optional.empty();
        }
        return staysOf(user)
                .filter(stay -> stay.covers(begun.minusMillis(500), sent)
                        && !harmed(stay.node, begun.minus(Cluster.LEASE), sent))
                .findFirst();
    }

    /** Returns when a publication was first posted; its receipt may be that of a repetition. */
    private Instant posted(Receipt receipt) {
        long ago = System.nanoTime() - posted.get(receipt.post().content());
        return Instant.now().minusNanos(ago);
    }

    private boolean harmed(int node, Instant from, Instant to) {
        return cluster.faults().stream().anyMatch(fault -> fault.node() == node && fault.overlaps(from, to));
    }

    private Stream<Bell.Stay> staysOf(String user) {
        return bells.stream().filter(bell -> bell.user().equals(user)).flatMap(bell -> bell.stays().stream());
    }

    private String summary() {
        List<Cluster.Fault> faults = cluster.faults().stream()
                .filter(fault -> fault.from().isAfter(start))
                .toList();
        return String.format(
                "seed %d: %d posts in %d attempts, %d acknowledged, %d with and %d without a key unanswered; %d devices, %d pushes "
                        + "(%d of what the login's answer had); %d faults: %s; post -> socket %s; mail %s, %d mails%s",
                seed,
                posted.size(),
                attempts.get(),
                receipts.size(),
                unanswered.size(),
                lost.get(),
                bells.size(),
                bells.stream().mapToInt(Bell::pushes).sum(),
                bells.stream().mapToInt(Bell::repeats).sum(),
                faults.size(),
                faults.stream()
                        .map(fault -> fault.what() + (fault.node() < 0 ? " database" : " node " + fault.node()) + " "
                                + fault.from())
                        .toList(),
                latencies,
                mailStatuses(),
                SentMails.of(cluster).count(),
                excused());
    }

    private Map<String, Long> mailStatuses() {
        return receipts.stream()
                .flatMap(receipt -> receipt.lines().stream())
                .collect(Collectors.groupingBy(line -> line.getString("email"), TreeMap::new, Collectors.counting()));
    }

    private String excused() {
        long twice = SentMails.of(cluster).all().values().stream()
                .filter(mails -> mails.size() > 1)
                .count();
        return twice == 0 ? "" : ", " + twice + " of them twice while a server was killed or halted";
    }
}
