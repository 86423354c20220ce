package org.wsnotify.it;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Collection;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Many users, {@code u1}, {@code u2} and so on, each with an {@code xhr} session on a separate connection.
 */
final class PollingClients {

    /** The number of concurrent logins. */
    private static final int JOINING = 16;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(Executors.newFixedThreadPool(4, task -> {
                Thread thread = new Thread(task, "polling");
                thread.setDaemon(true);
                return thread;
            }))
            .build();
    private final Function<String, URI> server;
    private final AtomicInteger joined = new AtomicInteger();
    private final Queue<String> refused = new ConcurrentLinkedQueue<>();
    private final AtomicInteger away = new AtomicInteger();
    private volatile boolean polling = true;

    /** @param server returns the address of a path */
    PollingClients(Function<String, URI> server) {
        this.server = server;
    }

    /** Opens and joins sessions, which then poll. Returns when the last one has joined. */
    @SuppressWarnings("FutureReturnValueIgnored") // failures are recorded as refused
    void open(int sessions) throws InterruptedException {
        Semaphore joining = new Semaphore(JOINING);
        for (int i = 1; i <= sessions; i++) {
            String user = "u" + i;
            String session = "/notification/000/" + UUID.randomUUID();
            joining.acquire();
            post(session + "/xhr", "")
                    .thenCompose(opened -> post(session + "/xhr_send", join(user)))
                    .thenCompose(sent -> post(session + "/xhr", ""))
                    .whenComplete((answer, failure) -> {
                        if (failure == null && answer.contains("joined")) {
                            joined.incrementAndGet();
                            poll(session);
                        } else {
                            refused.add(failure == null ? answer : failure.toString());
                        }
                        joining.release();
                    });
        }
        joining.acquire(JOINING);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // failures are recorded as refused
    private void poll(String session) {
        if (!polling) {
            away.incrementAndGet();
            return;
        }
        post(session + "/xhr", "").whenComplete((frame, failure) -> {
            if (failure == null && !frame.startsWith("c")) {
                poll(session);
            } else {
                joined.decrementAndGet();
                refused.add(failure == null ? frame : failure.toString());
            }
        });
    }

    /** Returns how many sessions have joined and are open. */
    int joined() {
        return joined.get();
    }

    /** Returns the answers to sessions that could not join or were closed. */
    Collection<String> refused() {
        return refused;
    }

    /** Stops each session after its next frame. */
    void stopPolling() {
        polling = false;
    }

    /** Returns how many sessions have stopped. */
    int away() {
        return away.get();
    }

    private CompletableFuture<String> post(String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(server.apply(path))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.sendAsync(request, HttpResponse.BodyHandlers.ofString()).thenApply(HttpResponse::body);
    }

    private static String join(String user) {
        return "[\"{\\\"name\\\":\\\"join\\\",\\\"data\\\":{\\\"login\\\":\\\"" + user
                + "\\\",\\\"password\\\":\\\"pw\\\"}}\"]";
    }
}
