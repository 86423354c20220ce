package org.wsnotify.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.wsnotify.Background;

/** {@code /notify} on a server, where the container also interprets requests. */
class NotifyIT {

    private static final String FRIEND = "https://page.example";
    private static final String CONTENT = "content=c";
    private static final int SLOW = 230;

    @TempDir
    static Path directory;

    private static TestServer server;

    private final Publisher publisher = new Publisher(server.http("/notify"));

    @BeforeAll
    static void start() {
        server = TestServer.in(directory)
                .with("notification.demo", "true")
                .with("notification.notify.body-timeout", "PT3S")
                .with("notification.allowed-origins", FRIEND)
                .start();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Nothing: x", "$WSSN: localhost", "$WSSN: 127.0.0.1", "$WSRA: 127.0.0.1"})
    void pageWithAForeignHostNameIsNotLocal(String header) {
        try (RawHttp request = raw("/notify", "Host: evil.example", "Content-Type: " + Publisher.FORM, header)) {
            assertThat(request.head().status()).isEqualTo(403);
            assertThat(request.body()).contains("local-callers-only");
        }
    }

    /** A redirect shows the host name that the server assumes. */
    @Test
    void privateHeaderCannotSetTheServerName() {
        try (RawHttp request = RawHttp.send("GET", server.port(), "/demo", "", "$WSSN: evil.example")) {
            assertThat(request.head().status()).isIn(301, 302);
            assertThat(request.header("location")).doesNotContain("evil.example");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"content=caf%E9", "content=%zz", "content=%", "content=c&title=%C3", "%ff=1&content=c"})
    void queryIsReadAsStrictlyAsAForm(String query) {
        try (RawHttp request = raw("/notify?" + query, "Content-Type: " + Publisher.FORM)) {
            assertThat(request.head().status()).isEqualTo(400);
            assertThat(request.header("content-type")).startsWith("application/problem+json");
            assertThat(request.body()).contains("\"bad-query\"");
        }
        assertThat(publisher.post(Publisher.FORM, query).code()).isEqualTo("bad-form");
    }

    @Test
    void unencodedQueryCharactersOfOldCallersAreAccepted() {
        String content = unique();
        try (Client alice = Client.joined(server.socket(), "alice");
                RawHttp request = raw("/notify?content=caf\u00e9+" + content + "%21&users=[{\"id\":\"alice\"}]")) {
            assertThat(request.head().status()).isEqualTo(200);
            alice.awaitContent("caf\u00e9 " + content + "!");
        }
    }

    @Test
    void actionsArePushedAndKept() {
        String actions = "[{'label':'Accept','url':'https://e.example/yes?a=1'},{'label':'Decline','url':'/no'}]";
        String pushed = unique();
        String without = unique();
        try (Client alice = Client.joined(server.socket(), "alice")) {
            publisher.json("{'content':'" + pushed + "','users':['alice'],'actions':" + actions + "}");
            assertThat(actions(alice.awaitContent(pushed), pushed)).isEqualTo(actions.replace('\'', '"'));

            publisher.form(Map.of("content", without, "users", "[\"alice\"]"));
            assertThat(actions(alice.awaitContent(without), without)).isEqualTo("null");

            alice.forget();
            alice.send("{'name':'content','data':{'page':0}}");
            assertThat(actions(alice.awaitContent(pushed), pushed)).isEqualTo(actions.replace('\'', '"'));
        }
        assertThat(publisher
                        .form(Map.of("content", "c", "users", "[]", "actions", "[{\"label\":\"a\"}]"))
                        .body())
                .contains("\"actions[0].url\"");
    }

    /** Returns the actions of the notification with a content, as JSON. */
    private static String actions(JsonObject envelope, String content) {
        return envelope.getJsonArray("data").getValuesAs(JsonObject.class).stream()
                .filter(item -> item.getString("content").equals(content))
                .map(item -> String.valueOf(item.get("actions")))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void onlyConfiguredOriginsMayNotifyAcrossOrigins() {
        Publisher.Answer friend = publisher.send(preflight(FRIEND));
        assertThat(friend.status()).isEqualTo(204);
        assertThat(header(friend, "Allow")).isEqualTo("POST, OPTIONS");
        assertThat(header(friend, "Access-Control-Allow-Origin")).isEqualTo(FRIEND);
        assertThat(header(friend, "Access-Control-Allow-Methods")).contains("POST");
        assertThat(header(friend, "Access-Control-Allow-Headers")).contains("Idempotency-Key", "Content-Type");
        assertThat(header(friend, "Vary")).contains("Origin");

        Publisher.Answer stranger = publisher.send(preflight("https://evil.example"));
        assertThat(stranger.status()).isEqualTo(204);
        assertThat(header(stranger, "Access-Control-Allow-Origin")).isEmpty();

        Publisher.Answer posted = publisher.form(Map.of("content", "c"), "Origin", FRIEND);
        assertThat(posted.code()).as("no page of another origin is local").isEqualTo("local-callers-only");
        assertThat(header(posted, "Access-Control-Allow-Origin")).isEqualTo(FRIEND);
        assertThat(publisher
                        .form(Map.of("content", "c"), "Origin", "https://evil.example")
                        .code())
                .isEqualTo("origin-not-allowed");
    }

    @Test
    void bodyWithoutALengthIsLimited() {
        byte[] body = ("content=" + "x".repeat(4_194_304)).getBytes(StandardCharsets.UTF_8);
        Publisher.Answer answer = publisher.send(HttpRequest.newBuilder(server.http("/notify"))
                .header("Content-Type", Publisher.FORM)
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
                .build());

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.code()).isEqualTo("body-too-large");
        assertThat(publisher.form(Map.of("content", "c")).status()).isEqualTo(200);
    }

    @Test
    void multipartPartsHaveACharsetAndTheLastValueWins() {
        String content = unique();
        try (Client alice = Client.joined(server.socket(), "alice")) {
            Publisher.Answer answer = multipart(
                    part("name=\"content\"", "first"),
                    part("name=\"content\"\r\nContent-Type: text/plain; charset=ISO-8859-1", "gr\u00fcn " + content),
                    part(
                            "name=\"users\"; filename=\"users.json\"\r\nContent-Type: application/json",
                            "[{\"id\":\"alice\"}]"));
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            alice.awaitContent("gr\u00fcn " + content);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "x=\"content\", bad-multipart",
        "name=\"content\"; filename=\"\u00fc.bin\", bad-charset",
        "'name=\"content\"\r\nContent-Type: text/plain; charset=nonsense', bad-charset"
    })
    void aPartWithoutANameOrInAnotherCharsetIsAMistake(String disposition, String code) {
        Publisher.Answer answer = multipart(part("name=\"type\"", "t"), part(disposition, "\u00fc"));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo(code);
    }

    /** Open Liberty starts with few threads and adds them slowly, so there it withstands only a few slow bodies. */
    @Test
    void slowBodiesDoNotOccupyServerThreads() {
        List<RawHttp> slow = Stream.generate(
                        () -> RawHttp.announce(server.port(), "/notify", 1000, "Content-Type: application/json"))
                .limit(SLOW)
                .toList();
        try {
            long began = System.nanoTime();
            assertThat(server.status("/health/ready")).isEqualTo(200);
            assertThat(server.status("/demo/")).isEqualTo(200);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
        } finally {
            slow.forEach(RawHttp::close);
        }
        Awaitility.await("a place")
                .until(() -> publisher.form(Map.of("content", "c")).status() == 200);
    }

    /**
     * Open Liberty gives a body to the application only when the announced length has arrived, or its own timeout has
     * passed.
     */
    @ParameterizedTest
    @ValueSource(strings = {"/notify", "/notification/000/slow/xhr_send"})
    void slowBodyDelaysNoOneAndTimesOutOnPayara(String path) {
        if (path.startsWith("/notification")) {
            try (RawHttp open = RawHttp.send("POST", server.port(), "/notification/000/slow/xhr", "")) {
                assertThat(open.head().status()).isEqualTo(200);
            }
        }
        boolean payara = System.getProperty("notification.server", "payara").equals("payara");
        try (RawHttp dripping = RawHttp.announce(server.port(), path, 1000, "Content-Type: application/json")) {
            dripping.send(" ");
            assertThat(publisher.form(Map.of("content", "c")).status()).isEqualTo(200);
            if (payara) {
                Awaitility.await("the end").atMost(Duration.ofSeconds(15)).until(() -> {
                    dripping.send(" ");
                    return dripping.isAnswered();
                });
                assertThat(dripping.head().status()).isEqualTo(408);
            }
        }
    }

    @Test
    void bodyInPiecesIsReadAndATruncatedOneIsNotStored() {
        try (RawHttp request = RawHttp.announce(server.port(), "/notify", 9, "Content-Type: " + Publisher.FORM)) {
            request.send("cont");
            assertThat(server.status("/health/ready")).isEqualTo(200);
            request.send("ent=c");
            assertThat(request.head().status()).isEqualTo(200);
            assertThat(request.body()).contains("\"stored\":0");
        }
        try (RawHttp request = RawHttp.announce(
                server.port(), "/notify", 9, "Content-Type: " + Publisher.FORM, "Expect: 100-continue")) {
            assertThat(request.head().status()).isEqualTo(100);
            request.send(CONTENT);
            assertThat(request.head().status()).isEqualTo(200);
        }
        try (RawHttp request = RawHttp.announce(
                server.port(), "/notify?users=%5B%22bob%22%5D&content=c", 100, "Content-Type: " + Publisher.FORM)) {
            request.send("title=half");
        }
        try (RawHttp request = RawHttp.chunked(server.port(), "/notify", "Content-Type: " + Publisher.FORM)) {
            request.send("4\r\ncont\r\n");
            request.send("5\r\nent=c\r\n0\r\n\r\n");
            assertThat(request.head().status()).isEqualTo(200);
        }
        try (Client bob = Client.joined(server.socket(), "bob")) {
            assertThat(Client.contents(bob.await("notification"))).isEmpty();
        }
    }

    /** Some servers answer twice or never if a body comes in pieces, or right after an upgrade to HTTP/2. */
    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void everyPublicationOnANewConnectionIsAnsweredOnce(HttpClient.Version version) throws Exception {
        for (int i = 0; i < 20; i++) {
            HttpClient client = HttpClient.newBuilder().version(version).build();
            for (int length : new int[] {1, 5_000, 60_000}) {
                HttpResponse<String> answer = client.send(
                        HttpRequest.newBuilder(server.http("/notify"))
                                .timeout(Duration.ofSeconds(20))
                                .header("Content-Type", Publisher.FORM)
                                .POST(HttpRequest.BodyPublishers.ofString(
                                        CONTENT + "c".repeat(length) + "&users=%5B%22once%22%5D"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
                assertThat(answer.body()).containsOnlyOnce("\"stored\":1");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1.0, 200", "1e0, 200", "-1, 200", "1.5, 400", "1e999, 400", "1e999999999, 400", "1e99999999999, 400"})
    void onlyWholeNumbersAreUserIds(String id, int status) {
        assertThat(publisher.json("{'content':'c','users':[{'id':" + id + "}]}").status())
                .isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "users[]=php&users[]=other",
                "users%5B0%5D%5Bid%5D=php&users%5B1%5D%5Bid%5D=other",
                "users[][id]=php&users[][id]=other",
                "users=[\"php\",{\"id\":\"other\"}]"
            })
    void usersInTheShapeOfOtherPublishersAreTold(String users) {
        Publisher.Answer answer = publisher.post(Publisher.FORM, CONTENT + "&" + users);

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().getInt("stored")).isEqualTo(2);
    }

    @Test
    void multipartFormMayListUsers() {
        Publisher.Answer answer =
                multipart(part("name=\"content\"", "c"), part("name=\"users[]\"", "1"), part("name=\"users[]\"", "2"));

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().getInt("stored")).isEqualTo(2);
    }

    @Test
    void unknownNameIsReportedOrRefused() {
        assertThat(publisher.json("{'content':'c','users':[],'titel':'t'}").code())
                .isEqualTo("unknown-parameter");
        assertThat(publisher.json("{'content':'c'}").code()).isEqualTo("invalid-parameters");
        String key = unique();
        List<Publisher.Answer> answers = IntStream.range(0, 2)
                .mapToObj(i -> publisher.post(
                        Publisher.FORM,
                        CONTENT + "&titel=t&users[]=1",
                        "Idempotency-Key",
                        key,
                        "Prefer",
                        "return=minimal"))
                .toList();
        assertThat(answers)
                .extracting(Publisher.Answer::body)
                .allSatisfy(body -> assertThat(body).contains("\"ignored\":[\"titel\"]", "\"stored\":1"));
        assertThat(publisher
                        .post(Publisher.FORM, CONTENT + "&users[]=1", "Idempotency-Key", key)
                        .code())
                .isEqualTo("idempotency-key-reused");
    }

    @Test
    void invalidAddressIsReportedAndStrictHandlingRefusesIt() {
        String body = "{'content':'c','email_send':true,'users':[{'id':'w1','email':'x\\r\\nBcc: y@z.example'},"
                + "{'id':'w2'},{'id':'w3','email':'w3@x.example'}]}";
        String key = unique();

        Publisher.Answer lenient = publisher.json(body, "Idempotency-Key", key, "Prefer", "handling=lenient");
        assertThat(lenient.status()).as(lenient.body()).isEqualTo(200);
        assertThat(lenient.json().getJsonArray("recipients").getValuesAs(JsonObject.class))
                .extracting(line -> line.getString("email"))
                .containsExactly("invalid", "missing", "owed");
        assertThat(lenient.json().getJsonObject("email").getInt("invalid")).isEqualTo(1);
        assertThat(lenient.json().getJsonObject("email").getInt("missing")).isEqualTo(1);
        assertThat(header(lenient, "Preference-Applied")).isEqualTo("handling=lenient");
        assertThat(publisher.json(body, "Idempotency-Key", key).body()).isEqualTo(lenient.body());

        Publisher.Answer strict = publisher.json(body, "Prefer", "handling=strict");
        assertThat(strict.status()).isEqualTo(400);
        assertThat(strict.json().getJsonArray("errors").getValuesAs(JsonObject.class))
                .extracting(error -> error.getString("field"))
                .containsExactly("users[0].email", "users[1].email");
    }

    @Test
    void strictHandlingReportsTenThousandFaults() {
        String users = IntStream.range(0, 10_000).mapToObj(i -> "'" + i + "'").collect(Collectors.joining(","));

        Publisher.Answer answer = publisher.json(
                "{'content':'c','email_send':true,'users':[" + users + "]}", "Prefer", "handling=strict");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().getJsonArray("errors")).hasSize(10_000);
        assertThat(answer.body().length()).isLessThan(1_000_000);
    }

    @Test
    void duplicateNameInAJsonObjectIsRefused() {
        assertThat(publisher.json("{'content':'a','content':'b'}").code()).isEqualTo("bad-json");
        assertThat(publisher.json("{'content':'a','users':[{'id':1,'id':2}]}").code())
                .isEqualTo("bad-json");
    }

    @Test
    void concurrentRequestsWithOneKeyAreDoneOnce() {
        String users = IntStream.range(0, 5000)
                .mapToObj(i -> "{'id':'same" + i + "'}")
                .collect(Collectors.joining(",", "[", "]"));
        Awaitility.await("one that is still in progress")
                .atMost(Duration.ofMinutes(1))
                .until(() -> together("{'content':'c','users':" + users + "}").stream()
                        .anyMatch(answer -> answer.status() == 409));
    }

    private List<Publisher.Answer> together(String body) {
        String key = unique();
        CyclicBarrier start = new CyclicBarrier(3);
        List<CompletableFuture<Publisher.Answer>> running = new ArrayList<>();
        for (int i = 0; i < start.getParties(); i++) {
            running.add(Background.call(() -> {
                passed(start);
                return publisher.json(body, "Idempotency-Key", key);
            }));
        }
        List<Publisher.Answer> answers =
                running.stream().map(CompletableFuture::join).toList();
        assertThat(answers.stream().filter(answer -> answer.status() == 200).map(Publisher.Answer::body))
                .isNotEmpty()
                .containsOnly(publisher.json(body, "Idempotency-Key", key).body());
        assertThat(answers).filteredOn(answer -> answer.status() != 200).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(409);
            assertThat(answer.contentType()).startsWith("application/problem+json");
            assertThat(answer.code()).isEqualTo("idempotency-key-in-use");
            assertThat(header(answer, "Retry-After")).isEqualTo("1");
        });
        return answers;
    }

    private static void passed(CyclicBarrier start) {
        try {
            start.await();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static RawHttp raw(String target, String... headers) {
        return RawHttp.send("POST", server.port(), target, headers.length == 0 ? "" : CONTENT, headers);
    }

    private static HttpRequest preflight(String origin) {
        return HttpRequest.newBuilder(server.http("/notify"))
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .header("Origin", origin)
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "idempotency-key")
                .build();
    }

    private Publisher.Answer multipart(String... parts) {
        byte[] body = (String.join("", parts) + "--b--\r\n").getBytes(StandardCharsets.ISO_8859_1);
        return publisher.post("multipart/form-data; boundary=b", body, "");
    }

    private static String part(String disposition, String text) {
        return "--b\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n" + text + "\r\n";
    }

    private static String header(Publisher.Answer answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    private static String unique() {
        return UUID.randomUUID().toString();
    }
}
