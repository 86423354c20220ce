package org.wsnotify.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sends thousands of bad requests and envelopes from a fixed seed. Nothing breaks, and nothing is stored. */
class FuzzIT {

    private static final int REQUESTS = 3000;
    private static final int ENVELOPES = 3000;

    private static final List<String> TYPES = List.of(
            "application/x-www-form-urlencoded",
            "application/json",
            "application/json; charset=utf-16",
            "application/json; charset=nonsense",
            "multipart/form-data",
            "multipart/form-data; boundary=b",
            "text/plain",
            "nonsense",
            "");

    private static final List<String> PIECES = List.of(
            "{",
            "}",
            "[",
            "]",
            "\"",
            ":",
            ",",
            "null",
            "true",
            "-1",
            "1e999",
            "\\u0000",
            "\\ud800",
            "\u0000",
            "\r\n",
            "&",
            "=",
            "%",
            "%zz",
            "%c3",
            "content",
            "users",
            "id",
            "email",
            "email_send",
            "--b",
            "--b--",
            "Content-Disposition: form-data; name=",
            "\ud83d\ude00",
            "<script>",
            "' or 1=1 --",
            "../../etc",
            "$ne",
            "$where",
            "name",
            "data",
            "join",
            "seen",
            "ids",
            "page",
            "0123456789abcdef01234567");

    @TempDir
    Path directory;

    private final Random random = new Random(20260101);

    @Test
    void badInputBreaksNothingAndStoresNothing() {
        try (TestServer server =
                TestServer.in(directory).with("notification.demo", "true").start()) {
            badRequests(server);
            badEnvelopes(server);

            assertThat(KillIT.everythingOf(server, "alice")).isEmpty();
            assertThat(server.log()).doesNotContain("\tat ").doesNotContain("StackOverflow");
            try (Client alice = Client.joined(server.socket(), "alice")) {
                new Publisher(server.http("/notify")).form(Map.of("content", "alive", "users", "[{\"id\":\"alice\"}]"));
                alice.awaitContent("alive");
            }
        }
    }

    private void badRequests(TestServer server) {
        Publisher publisher = new Publisher(server.http("/notify"));
        List<IntFunction<byte[]>> bodies = List.of(
                i -> noise(30).getBytes(StandardCharsets.UTF_8),
                i -> bytes(200),
                i -> ("users=[{\"id\":null}]&" + noise(8)).getBytes(StandardCharsets.UTF_8),
                i -> ("{\"users\":[{\"id\":\"alice\"}]," + noise(10)).getBytes(StandardCharsets.UTF_8),
                i -> ("{\"content\":\"c\",\"users\":[{\"id\":\"alice\"}," + wrongUser() + "]}")
                        .getBytes(StandardCharsets.UTF_8),
                i -> "[".repeat(random.nextInt(100_000)).getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < REQUESTS; i++) {
            byte[] body = pick(bodies).apply(i);
            String type = pick(TYPES);
            Publisher.Answer answer = publisher.post(type, body, "");
            assertThat(answer.status())
                    .as("%s: %s", type, new String(body, 0, Math.min(body.length, 300), StandardCharsets.UTF_8))
                    .isBetween(200, 499);
            if (answer.status() != 200) {
                assertThat(answer.contentType()).startsWith("application/problem+json");
            } else {
                assertThat(answer.json().getInt("stored")).isZero();
            }
        }
    }

    private void badEnvelopes(TestServer server) {
        try (Client client = Client.joined(server.socket(), "bob")) {
            List<IntFunction<String>> envelopes = List.of(
                    i -> noise(20),
                    i -> "{\"name\":\"" + pick(List.of("seen", "delete", "content", "join", "x")) + "\",\"data\":"
                            + noise(6) + "}",
                    i -> "{\"name\":\"seen\",\"data\":{\"ids\":[" + pick(List.of("1", "null", "\"x\"", "{}", "[]"))
                            + "]}}",
                    i -> "{\"name\":\"content\",\"data\":{\"page\":"
                            + pick(List.of("-1e9", "1e99", "\"0\"", "null", "{}")) + "}}",
                    i -> "[".repeat(random.nextInt(20_000)));
            for (int i = 0; i < ENVELOPES; i++) {
                client.sendRaw(pick(envelopes).apply(i));
                if (i % 50 == 49) {
                    client.forget();
                    client.send("{'name':'content','data':{'page':999}}");
                    client.await("notification");
                }
            }
            assertThat(client.isOpen()).isTrue();
        }
    }

    private String wrongUser() {
        return pick(List.of(
                "null", "true", "{}", "{\"id\":null}", "{\"id\":[]}", "{\"id\":\"\"}", "{\"id\":1.5}", "[\"alice\"]"));
    }

    private String noise(int pieces) {
        StringBuilder text = new StringBuilder();
        IntStream.range(0, random.nextInt(pieces) + 1).forEach(i -> text.append(pick(PIECES)));
        return text.toString();
    }

    private byte[] bytes(int most) {
        byte[] bytes = new byte[random.nextInt(most)];
        random.nextBytes(bytes);
        return bytes;
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
