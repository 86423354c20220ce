package org.wsnotify.it;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A back end that posts JSON, and gives up a server that does not answer in time. Safe for use by many threads. */
final class ClusterPublisher {

    private static final Duration CONNECT = Duration.ofSeconds(2);
    /** A server that stops finishes what it has accepted within ten seconds. */
    private static final Duration ANSWER = Duration.ofSeconds(15);

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();

    private ClusterPublisher() {}

    /**
     * What is published: the content is also the subject of the mail and the Idempotency-Key.
     *
     * @param type one of few
     */
    record Post(String content, String type, List<String> users, boolean mail, boolean keyed) {

        static Post to(String user, String content) {
            return new Post(content, "t", List.of(user), false, true);
        }

        static Post mailTo(String user, String content) {
            return new Post(content, "t", List.of(user), true, true);
        }

        private String body() {
            JsonArrayBuilder recipients = Json.createArrayBuilder();
            users.forEach(user ->
                    recipients.add(Json.createObjectBuilder().add("id", user).add("email", user + "@example.org")));
            JsonObjectBuilder body = Json.createObjectBuilder()
                    .add("content", content)
                    .add("type", type)
                    .add("users", recipients);
            if (mail) {
                body.add("email_send", true).add("email_subject", content);
            }
            return body.build().toString();
        }
    }

    /** An acknowledgement. */
    record Receipt(Post post, int node, Instant begun, Instant answered, List<JsonObject> lines) {

        JsonObject line(String user) {
            return lines.get(post.users().indexOf(user));
        }
    }

    /**
     * An answer.
     *
     * @param receipt empty if it was not acknowledged
     * @param mayBeRepeated whether it has a Retry-After
     * @param body its first line, or why there is no answer
     */
    record Answer(int status, Optional<Receipt> receipt, boolean mayBeRepeated, String body) {}

    static Receipt acknowledged(TestServer server, Post post) {
        Answer answer = post(server.http("/notify"), 0, post);
        return answer.receipt()
                .orElseThrow(() -> new AssertionError(post + " was answered with status " + answer.status()));
    }

    /** Posts once. The status is 0 if there is no answer. */
    static Answer post(URI notify, int node, Post post) {
        HttpRequest.Builder request = HttpRequest.newBuilder(notify)
                .timeout(ANSWER)
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + Cluster.API_KEY)
                .POST(HttpRequest.BodyPublishers.ofString(post.body()));
        if (post.keyed()) {
            request.header("Idempotency-Key", post.content());
        }
        Instant begun = Instant.now();
        try {
            HttpResponse<String> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            boolean acknowledged =
                    response.statusCode() == 200 && response.body().contains("\"recipients\"");
            Optional<Receipt> receipt = acknowledged
                    ? Optional.of(new Receipt(post, node, begun, Instant.now(), lines(response.body())))
                    : Optional.empty();
            return new Answer(
                    response.statusCode(),
                    receipt,
                    response.headers().firstValue("Retry-After").isPresent(),
                    response.body().lines().findFirst().orElse(""));
        } catch (IOException e) {
            return new Answer(0, Optional.empty(), false, e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static List<JsonObject> lines(String body) {
        return Json.createReader(new StringReader(body))
                .readObject()
                .getJsonArray("recipients")
                .getValuesAs(JsonObject.class);
    }
}
