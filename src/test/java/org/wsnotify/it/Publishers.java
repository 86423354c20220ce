package org.wsnotify.it;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/**
 * Four back ends that post to alice, with a mail, until the server is gone. Each content is posted once, and is also
 * the subject of the mail. Half of the back ends send an Idempotency-Key, so they can repeat unanswered posts.
 */
final class Publishers {

    private final TestServer server;
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final Set<String> unanswered = ConcurrentHashMap.newKeySet();
    private final Set<String> wrong = ConcurrentHashMap.newKeySet();
    private final Set<Thread> refused = ConcurrentHashMap.newKeySet();
    private final List<Thread> threads;
    private volatile Duration rest = Duration.ZERO;

    private Publishers(TestServer server) {
        this.server = server;
        this.threads = IntStream.range(0, 4)
                .mapToObj(number -> new Thread(() -> publish(number)))
                .toList();
    }

    static Publishers start(TestServer server) {
        Publishers publishers = new Publishers(server);
        publishers.threads.forEach(Thread::start);
        return publishers;
    }

    /** Returns the contents that were answered with 200 and a receipt. */
    Set<String> acknowledged() {
        return acknowledged;
    }

    /** Returns the answers that are neither a receipt nor a request to repeat the post. */
    Set<String> wrong() {
        return wrong;
    }

    /** Returns whether every back end was asked to repeat a post. */
    boolean allRefused() {
        return refused.containsAll(threads);
    }

    void awaitMore(int count) {
        int before = acknowledged.size();
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> acknowledged.size() > before + count);
    }

    /** Lets each back end rest after each of its posts, from now on. */
    void rest(Duration afterEach) {
        rest = afterEach;
    }

    /** Waits until all have noticed that the server is gone. */
    void join() throws InterruptedException {
        for (Thread thread : threads) {
            thread.join(Duration.ofMinutes(1).toMillis());
        }
    }

    /**
     * Repeats the unanswered posts that have a key, until they are answered. A dead server may hold the claim of a key
     * for a minute.
     */
    void repeatUnanswered(TestServer another) {
        Publisher publisher = new Publisher(another.http("/notify"));
        for (String content : unanswered) {
            Awaitility.await(content)
                    .atMost(Duration.ofSeconds(90))
                    .until(() -> post(publisher, content, true).status() == 200);
            acknowledged.add(content);
        }
    }

    private void publish(int number) {
        Publisher publisher = new Publisher(server.http("/notify"));
        boolean withKey = number % 2 == 0;
        boolean alive = true;
        for (int i = 0; alive; i++) {
            String content = "n" + number + "-" + i;
            boolean answered = false;
            try {
                Publisher.Answer answer = post(publisher, content, withKey);
                answered = answer.status() == 200 && answer.body().contains("\"stored\":1");
                if (!answered && mayBeRepeated(answer)) {
                    refused.add(Thread.currentThread());
                } else if (!answered) {
                    wrong.add(content + ": " + answer);
                }
            } catch (UncheckedIOException e) {
                alive = server.isAlive();
            }
            if (answered) {
                acknowledged.add(content);
            } else if (withKey) {
                unanswered.add(content);
            }
            Pause.of(rest);
        }
    }

    private static boolean mayBeRepeated(Publisher.Answer answer) {
        return answer.status() == 503
                && answer.headers().firstValue("Retry-After").isPresent()
                && answer.code().equals("store-unavailable");
    }

    private static Publisher.Answer post(Publisher publisher, String content, boolean withKey) {
        Map<String, String> parameters = Map.of(
                "content",
                content,
                "users",
                "[{\"id\":\"alice\",\"email\":\"alice@example.org\"}]",
                "email_send",
                "1",
                "email_subject",
                content);
        return withKey ? publisher.form(parameters, "Idempotency-Key", content) : publisher.form(parameters);
    }
}
