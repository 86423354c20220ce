package org.wsnotify.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator sees of a server: meters, the log and the OpenAPI description. */
class OperatorIT {

    private static final Pattern CODE = Pattern.compile("`([a-z]+(-[a-z]+)+|internal)`");

    @TempDir
    static Path directory;

    private static TestServer server;

    private final Publisher publisher = new Publisher(server.http("/notify"));

    @BeforeAll
    static void start() {
        server = TestServer.in(directory)
                .with("notification.demo", "true")
                .with("notification.mail.hold", "PT8S") // longer than the interval of the outbox meters
                .start();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void truncatedRequestsLogFewLines() throws IOException {
        List<String> broken = List.of(
                "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{",
                "Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 1000\r\n\r\n--x",
                "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n");
        long before = server.log().lines().count();
        for (int i = 0; i < 60; i++) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                String request = "POST /notify HTTP/1.1\r\nHost: localhost\r\n" + broken.get(i % broken.size());
                socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            }
        }

        assertThat(publisher.form(Map.of("content", "after them")).status()).isEqualTo(200);
        assertThat(server.log().lines().count() - before).isLessThan(1000);
    }

    @Test
    void everyDocumentedMeterChanges() throws IOException {
        String documented = Files.readString(Path.of("docs/operations.md"));
        List<String> names = Pattern.compile("`(notification_\\w+)`")
                .matcher(documented)
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(names)
                .hasSizeGreaterThan(7)
                .allSatisfy(name -> assertThat(metrics())
                        .anySatisfy(line -> assertThat(line).startsWith(name)));

        double stored = meter("notification_notifications_stored_total");
        double pushed = meter("notification_notifications_pushed_total");
        double answered = meter("notification_notify_time_milliseconds_count");
        try (Client alice = Client.joined(server.socket(), "alice")) {
            mailed(unique(), "alice", "erna");

            assertThat(alice.isOpen()).isTrue();
            assertThat(meter("notification_sessions_open")).isPositive();
            assertThat(meter("notification_users_online")).isPositive();
            assertThat(meter("notification_servers")).isEqualTo(1);
            assertThat(meter("notification_relay_waiting")).isZero();
            assertThat(meter("notification_notifications_stored_total")).isEqualTo(stored + 2);
            assertThat(meter("notification_notifications_pushed_total")).isEqualTo(pushed + 1);
            assertThat(meter("notification_notify_time_milliseconds_count")).isEqualTo(answered + 1);
            assertThat(meter("notification_notify_time_milliseconds_sum")).isPositive();
            assertThat(meter("notification_sessions_closed_slow_total")).isZero();
            awaitMoved("notification_outbox_owed");
            publisher.json("{'content':'later','users':['alice'],'deliver_at':'"
                    + Instant.now().plusSeconds(3600) + "'}");
            awaitMoved("notification_scheduled_publications");
            awaitMoved("notification_mail_recipients_total{", "outcome=\"sent\"");
            awaitMoved("notification_mail_recipients_total{", "outcome=\"present\"");
        }
    }

    @Test
    void eachEventIsOneLogLineWithoutSecretsOrContent() {
        List<String> secrets = Stream.generate(OperatorIT::unique).limit(6).toList();
        try (Client bob = Client.joined(server.socket(), "bob");
                Client stranger = Client.connect(server.socket())) {
            Publisher.Answer answer = publisher.form(
                    Map.of(
                            "content", secrets.get(0),
                            "title", secrets.get(1),
                            "users", users("bob", secrets.get(2)),
                            "email_send", "1",
                            "email_subject", secrets.get(3)),
                    "Idempotency-Key",
                    secrets.get(4));
            assertThat(answer.status()).isEqualTo(200);
            bob.awaitContent(secrets.get(0));
            for (int i = 0; i < 6; i++) {
                stranger.join(secrets.get(4), secrets.get(5));
            }
            stranger.awaitError("too-many-attempts");
            publisher.form(Map.of("content", secrets.get(0)), "X-Forwarded-For", "203.0.113.9");
        }
        Awaitility.await("the lines")
                .untilAsserted(() -> assertThat(server.log())
                        .contains(
                                "published to 2 recipients, 1 of them online; mail owed to 1, held for 1",
                                "login accepted, from 127.0.0.1",
                                "login refused, from 127.0.0.1",
                                "login throttled after too many failures, from 127.0.0.1, for ",
                                "a request of a back end was refused: local-callers-only"));
        assertThat(server.log()).doesNotContain(secrets).doesNotContain("@example.org", "a session was opened");
    }

    @Test
    void openApiNamesEveryCodeOfTheErrorTable() throws IOException {
        String protocol = Files.readString(Path.of("docs/protocol.md"));
        String table = protocol.substring(protocol.indexOf("### Errors"), protocol.indexOf("## The socket"));
        List<String> codes = CODE.matcher(table)
                .results()
                .map(found -> found.group(1))
                .filter(code -> !code.equals("not-found"))
                .toList();
        String served = get("/openapi");

        assertThat(codes)
                .hasSizeGreaterThan(20)
                .allSatisfy(code -> assertThat(served).contains("`" + code + "`"));
        assertThat(served).contains("Retry-After").doesNotContain("/notification/{");
    }

    @Test
    void servedOpenApiIsComplete() {
        JsonObject served = openApi();
        List<String> references = Pattern.compile("\"\\$ref\":\"#([^\"]+)\"")
                .matcher(served.toString())
                .results()
                .map(found -> found.group(1))
                .toList();

        assertThat(served.keySet())
                .isSubsetOf("openapi", "info", "servers", "paths", "components", "security", "tags", "externalDocs");
        assertThat(references)
                .isNotEmpty()
                .allSatisfy(
                        reference -> assertThat(Json.createPointer(reference).containsValue(served))
                                .as(reference)
                                .isTrue());
        assertThat(served.getJsonObject("paths").values())
                .isNotEmpty()
                .allSatisfy(path -> assertThat(path.asJsonObject().values().stream()
                                .filter(operation -> operation.getValueType() == JsonValue.ValueType.OBJECT))
                        .isNotEmpty()
                        .allSatisfy(
                                operation -> assertThat(operation.asJsonObject().getJsonObject("responses"))
                                        .isNotEmpty()));
    }

    private static JsonObject openApi() {
        HttpRequest request = HttpRequest.newBuilder(server.http("/openapi?format=JSON"))
                .header("Accept", "application/json")
                .build();
        String body = new Publisher(server.http("/openapi")).send(request).body();
        try (JsonReader reader = Json.createReader(new StringReader(body))) {
            return reader.readObject();
        }
    }

    private void mailed(String content, String... users) {
        assertThat(publisher
                        .form(Map.of("content", content, "users", users(users), "email_send", "1"))
                        .status())
                .isEqualTo(200);
    }

    private static String users(String... ids) {
        return Stream.of(ids)
                .map(id -> "{\"id\":\"" + id + "\",\"email\":\"" + id + "@example.org\"}")
                .toList()
                .toString();
    }

    private static void awaitMoved(String... parts) {
        Awaitility.await(parts[0]).atMost(Duration.ofSeconds(30)).until(() -> meter(parts) > 0);
    }

    /** Returns the sum of the samples of a meter that contain all the parts. */
    private static double meter(String... parts) {
        return metrics().stream()
                .filter(line -> line.startsWith(parts[0]) && Stream.of(parts).allMatch(line::contains))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static List<String> metrics() {
        return get("/metrics").lines().toList();
    }

    private static String get(String path) {
        return new Publisher(server.http(path))
                .send(HttpRequest.newBuilder(server.http(path)).build())
                .body();
    }

    private static String unique() {
        return UUID.randomUUID().toString();
    }
}
