package org.wsnotify.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The WAR that Maven built, with the demo, on a server, tested from outside. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class DeployedWarIT {

    private static final String ID = "0123456789abcdef01234567";

    @ArquillianResource
    private URL base;

    @Deployment(testable = false)
    static WebArchive war() {
        return ShrinkWrap.createFromZipFile(WebArchive.class, new File(System.getProperty("notification.war")));
    }

    @Test
    void pushReachesEveryTabOfTheRecipientAndNoOtherUser() {
        try (Client tab = alice();
                Client phone = alice();
                Client bob = Client.joined(socket(), "bob")) {
            String content = unique();
            Publisher.Answer answer = notifyUsers(content, "alice");

            assertThat(answer.status()).isEqualTo(200);
            JsonObject line = answer.json().getJsonArray("recipients").getJsonObject(0);
            assertThat(line.getBoolean("online")).isTrue();
            for (Client client : List.of(tab, phone)) {
                JsonObject push = client.awaitContent(content);
                assertThat(Client.ids(push)).containsExactly(line.getString("id"));
                assertThat(push.getJsonObject("counts").getInt("unseen")).isPositive();
            }
            notifyUsers(content + "!", "bob");
            bob.awaitContent(content + "!");
            assertThat(bob.received("notification").stream().flatMap(e -> Client.contents(e).stream()))
                    .doesNotContain(content);
        }
    }

    @Test
    void offlineUserFindsUnseenOldestFirstAndPagesNewestFirst() {
        String first = unique();
        String second = unique();
        notifyUsers(first, "bob");
        notifyUsers(second, "bob");

        try (Client bob = Client.connect(socket())) {
            bob.join("bob", "bob");
            JsonObject joined = bob.await("joined").getJsonObject("data");
            assertThat(joined.getString("userId")).isEqualTo("bob");
            assertThat(joined.getJsonObject("counts").getInt("unseen")).isGreaterThanOrEqualTo(2);
            assertThat(Client.contents(bob.await("notification"))).containsSubsequence(first, second);

            bob.forget();
            bob.send("{'name':'content','data':{'page':0}}");
            JsonObject page = bob.await("notification");
            assertThat(Client.contents(page)).startsWith(second, first);
            assertThat(page.getJsonObject("page").getInt("page")).isZero();

            bob.forget();
            bob.send("{'name':'content','data':{'before':'" + Client.ids(page).get(0) + "'}}");
            assertThat(Client.contents(bob.await("notification"))).startsWith(first);

            bob.forget();
            bob.send("{'name':'content','data':{'page':100000}}");
            assertThat(Client.contents(bob.await("notification"))).isEmpty();
        }
    }

    @Test
    void seenAndDeletedAreTheSameOnAllDevices() {
        try (Client tab = alice();
                Client phone = alice()) {
            String content = unique();
            List<String> ids = List.of(idOf(notifyUsers(content, "alice")), idOf(notifyUsers(content, "alice")));
            String both = "['" + ids.get(0) + "','" + ids.get(1) + "','" + ID + "']";

            tab.send("{'name':'seen','data':{'ids':" + both + "}}");
            for (Client client : List.of(tab, phone)) {
                assertThat(Client.ids(client.await("seen"))).containsExactlyElementsOf(ids);
            }
            phone.send("{'name':'delete','data':{'ids':" + both + "}}");
            for (Client client : List.of(tab, phone)) {
                assertThat(Client.ids(client.await("delete"))).containsExactlyElementsOf(ids);
                assertThat(client.await("delete").containsKey("counts")).isTrue();
            }
        }
    }

    @Test
    void changesOfPagesThatCloseAtOnceAreMade() {
        try (Client phone = Client.joined(socket(), "bob")) {
            for (int i = 0; i < 10; i++) {
                String id = idOf(notifyUsers(unique(), "bob"));
                try (Client page = Client.joined(socket(), "bob")) {
                    for (int question = 0; question < 5; question++) {
                        page.send("{'name':'unseen'}");
                    }
                    page.send("{'name':'" + (i % 2 == 0 ? "seen" : "delete") + "','data':{'ids':['" + id + "']}}");
                }
            }
            phone.send("{'name':'unseen'}");
            Awaitility.await("all marks")
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> phone.received("seen").size()
                                    + phone.received("delete").size()
                            == 10);
        }
    }

    @Test
    void halfASurrogatePairDoesNotStopTheSession() {
        try (Client alice = alice()) {
            alice.send("{'name':'\\ud800'}");
            alice.awaitError("unknown-name");
            alice.forget();

            alice.send("{'name':'unseen'}");
            alice.await("notification");
        }
    }

    @Test
    void seenAllLeavesNothingUnseen() {
        notifyUsers(unique(), "alice");
        try (Client tab = alice();
                Client phone = alice()) {
            tab.send("{'name':'seenAll'}");
            JsonObject seen = phone.await("seen", envelope -> envelope.getBoolean("all", false));
            assertThat(seen.getJsonObject("counts").getInt("unseen")).isZero();
        }
    }

    @Test
    void usersCannotChangeForeignNotifications() {
        String content = unique();
        String id = idOf(notifyUsers(content, "bob"));
        try (Client alice = alice()) {
            alice.send("{'name':'delete','data':{'ids':['" + id + "']}}");
            assertThat(Client.ids(alice.await("delete"))).isEmpty();
        }
        try (Client bob = Client.connect(socket())) {
            bob.join("bob", "bob");
            assertThat(Client.ids(bob.await("notification"))).contains(id);
        }
    }

    @Test
    void joinAsAnotherUserLeavesTheFirstUserForGood() {
        try (Client client = alice()) {
            client.forget();
            client.join("bob", "bob");
            client.await("joined");
            String forAlice = unique();
            String forBob = unique();
            notifyUsers(forAlice, "alice");
            notifyUsers(forBob, "bob");

            client.awaitContent(forBob);
            assertThat(client.received("notification").stream().flatMap(e -> Client.contents(e).stream()))
                    .doesNotContain(forAlice);
        }
    }

    @Test
    void badInputGetsAnErrorAndTheConnectionStaysOpen() {
        try (Client client = Client.connect(socket())) {
            client.send("{'name':'unseen'}");
            client.awaitError("not-joined");
            client.send("not json");
            client.awaitError("bad-json");
            client.send("{'name':'open'}");
            client.awaitError("unknown-name");
            client.join("alice", "wrong");
            client.awaitError("login-failed");
            client.join("alice", "alice");
            client.await("joined");
            client.send("{'name':'seen','data':{'ids':['x']}}");
            client.awaitError("bad-id");
            client.send("{'name':'content','data':{}}");
            client.awaitError("bad-page");
            client.send("{'name':'leave'}");
            client.forget();
            client.send("{'name':'unseen'}");
            client.awaitError("not-joined");
            assertThat(client.isOpen()).isTrue();
        }
    }

    @Test
    void tooLargeMessageClosesOnlyItsConnection() {
        try (Client other = alice()) {
            assertThat(BareWebSocket.closeCodeAfter(base.getPort(), 65_537)).isEqualTo(1009);
            // Payara gives up before the frame is complete, with a code of its own.
            assertThat(BareWebSocket.closeCodeAfter(base.getPort(), 2_000_000)).isIn(1009, 1011);
            String content = unique();
            notifyUsers(content, "alice");
            other.awaitContent(content);
        }
    }

    @Test
    void twentyFailedLoginsEndTheConnection() {
        Client client = Client.connect(socket());
        IntStream.range(0, 20).forEach(i -> client.join("nobody" + i, "x"));
        assertThat(client.awaitClose()).isEqualTo(1008);
    }

    @Test
    void pageOfAnotherOriginCannotConnect() {
        Assertions.assertThatThrownBy(() -> Client.connect(socket(), "Origin", "https://evil.example"))
                .hasCauseInstanceOf(WebSocketHandshakeException.class)
                .cause()
                .satisfies(thrown -> assertThat(((WebSocketHandshakeException) thrown)
                                .getResponse()
                                .statusCode())
                        .isEqualTo(403));
        assertThat(publisher()
                        .json("{'content':'x'}", "Origin", "https://evil.example")
                        .status())
                .isEqualTo(403);
        Client.connect(socket(), "Origin", "http://127.0.0.1:" + base.getPort()).close();
    }

    @Test
    void everyDocumentedContentTypeIsAccepted() {
        String users = "[{\"id\":\"carol\"}]";
        assertThat(publisher()
                        .form(Map.of("content", "\u00e4\u20ac", "users", users))
                        .json()
                        .getInt("stored"))
                .isEqualTo(1);
        assertThat(publisher()
                        .json("{'content':'c','users':[{'id':7},{'id':'7'}]}")
                        .json()
                        .getInt("stored"))
                .isEqualTo(2);
        String multipart = "--b\r\nContent-Disposition: form-data; name=\"content\"\r\n\r\n\u00e4\r\n"
                + "--b\r\nContent-Disposition: form-data; name=\"users\"\r\n\r\n" + users + "\r\n--b--\r\n";
        Publisher.Answer answer = publisher().post("multipart/form-data; boundary=b", multipart);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().getInt("stored")).isEqualTo(1);
        assertThat(publisher()
                        .post("", new byte[0], "?content=c&users=%5B%7B%22id%22%3A1%7D%5D")
                        .json()
                        .getInt("stored"))
                .isEqualTo(1);
    }

    @Test
    void problemsNameTheInvalidField() {
        Publisher.Answer answer = publisher().json("{'users':[{'id':null}]}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.contentType()).startsWith("application/problem+json");
        assertThat(answer.json().getJsonArray("errors").getValuesAs(JsonObject.class))
                .extracting(error -> error.getString("field"))
                .containsExactly("content", "users[0].id");

        assertThat(publisher().json("{").status()).isEqualTo(400);
        assertThat(publisher().post("multipart/form-data", "x").code()).isEqualTo("bad-multipart");
        assertThat(publisher().post("text/plain", "x").code()).isEqualTo("unsupported-media-type");
        assertThat(publisher()
                        .json("{'content':'" + "x".repeat(5_000_000) + "'}")
                        .status())
                .isEqualTo(413);
        Publisher.Answer get =
                publisher().send(HttpRequest.newBuilder(http("notify")).build());
        assertThat(get.status()).isEqualTo(405);
        assertThat(get.headers().firstValue("Allow").orElse("")).contains("POST");
        assertThat(get.code()).isEqualTo("method-not-allowed");
    }

    @Test
    void publicationToTenThousandUsersSucceeds() {
        String users = IntStream.range(0, 10_000)
                .mapToObj(i -> "{'id':'many" + i + "','email':'many" + i + "@example.org'}")
                .collect(Collectors.joining(",", "[", "]"));

        Publisher.Answer answer = publisher().json("{'content':'c','users':" + users + "}", "Prefer", "return=minimal");

        assertThat(answer.json().getInt("stored")).isEqualTo(10_000);
        assertThat(answer.json().containsKey("recipients")).isFalse();
        assertThat(publisher()
                        .json("{'content':'c','users':" + users.replace("]", ",{'id':1}]") + "}")
                        .code())
                .isEqualTo("too-many-users");
    }

    @Test
    void repeatedIdempotencyKeyDoesNothingTwice() {
        String key = unique();
        String body = "{'content':'" + key + "','users':[{'id':'dora'}]}";

        Publisher.Answer first = publisher().json(body, "Idempotency-Key", key);
        Publisher.Answer again = publisher().json(body, "Idempotency-Key", key);
        Publisher.Answer other =
                publisher().json("{'content':'other','users':[{'id':'dora'}]}", "Idempotency-Key", key);

        assertThat(first.status()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(other.status()).isEqualTo(422);
        assertThat(publisher().json(body, "Idempotency-Key", " ").status()).isEqualTo(400);
    }

    @Test
    void forwardedCallerIsNotLocal() {
        String body = "{'content':'c','users':[]}";
        assertThat(publisher().json(body, "X-Forwarded-For", "203.0.113.9").code())
                .isEqualTo("local-callers-only");
        assertThat(publisher().json(body, "Forwarded", "for=203.0.113.9").status())
                .isEqualTo(403);
        assertThat(publisher()
                        .json(body, "X-Notification-Remote-Client", "127.0.0.1 local")
                        .status())
                .isEqualTo(200);
        assertThat(publisher()
                        .json(body, "X-Forwarded-Proto", "https", "X-Notification-Remote-Client", "127.0.0.1 local")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void offlineUserGetsAMailThatShowsNoAddress() {
        String subject = "Gr\u00fc\u00dfe " + unique();
        try (Client alice = alice()) {
            Publisher.Answer answer = publisher()
                    .form(Map.of(
                            "content",
                            "c",
                            "users",
                            "[{\"id\":\"alice\",\"email\":\"alice@example.org\"},"
                                    + "{\"id\":\"erna\",\"email\":\"erna@example.org\"}]",
                            "email_send",
                            "1",
                            "email_subject",
                            subject,
                            "email_content",
                            "<p>" + subject + "</p>"));
            assertThat(answer.json().getJsonObject("email").getInt("owed")).isEqualTo(1);
            assertThat(answer.json().getJsonObject("email").getInt("held")).isEqualTo(1);

            Path mail = awaitMail(subject, 1);
            assertThat(mail)
                    .content(StandardCharsets.US_ASCII)
                    .doesNotContain("erna@")
                    .doesNotContain("alice@");
            // The held mail is never written for an online user: wait until it was decided on.
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> metrics()
                            .matches("(?s).*mail_recipients_total\\{[^}]*outcome=\"present\"[^}]*\\} [1-9].*"));
            assertThat(mails(subject)).hasSize(1);
            assertThat(alice.isOpen()).isTrue();
        }
    }

    @Test
    void heldMailIsSentIfTheConnectionWasDead() {
        try (BareWebSocket bob = BareWebSocket.joined(base.getPort(), "bob", "bob")) {
            String subject = unique();
            assertThat(heldFor("bob", subject)).isEqualTo(1);
            awaitMail(subject, 1);
            bob.pong(); // the connection is still open
        }
    }

    @Test
    void heldMailIsSentIfTheConnectionBreaks() {
        String subject = unique();
        try (BareWebSocket bob = BareWebSocket.joined(base.getPort(), "bob", "bob")) {
            assertThat(heldFor("bob", subject)).isEqualTo(1);
            bob.cut();
            awaitMail(subject, 1);
        }
    }

    @Test
    void longEmojiTitleBecomesASubjectOfWholeCharacters() throws IOException {
        String start = unique();
        String title = start + "a" + "\ud83d\ude00".repeat(490);
        int whole = (900 - start.length() - 1) / 2;

        Publisher.Answer answer = publisher()
                .json("{'content':'c','users':[{'id':'away','email':'away@example.org'}],'email_send':true,"
                        + "'url':'https://shop.example/7','title':'" + title + "'}");

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        Path mail = awaitMail(start, 1);
        assertThat(EmlFile.subject(mail)).isEqualTo(start + "a" + "\ud83d\ude00".repeat(whole));
        assertThat(Files.readString(mail)).contains("\r\nc\r\n\r\nhttps://shop.example/7\r\n");
    }

    private int heldFor(String user, String subject) {
        return publisher()
                .json("{'content':'c','users':[{'id':'" + user + "','email':'" + user
                        + "@example.org'}],'email_send':true,'email_subject':'" + subject + "'}")
                .json()
                .getJsonObject("email")
                .getInt("held");
    }

    @Test
    void healthMetricsAndOpenApiAreServed() {
        assertThat(get("health/ready").body())
                .contains("\"store\"")
                .contains("\"outbox\"")
                .contains("UP");
        assertThat(get("health/live").statusCode()).isEqualTo(200);
        assertThat(get("health/started").statusCode()).isEqualTo(200);
        assertThat(metrics()).contains("notification_sessions_open", "notification_notifications_stored_total");
        assertThat(get("openapi").body()).contains("/notify").contains("Idempotency-Key");
    }

    @Test
    void pagesHaveHeadersThatBlockForeignScripts() {
        HttpResponse<String> index = get("");
        assertThat(index.statusCode()).isEqualTo(200);
        assertThat(index.body()).contains("demo/");
        for (String path : List.of("", "demo/", "bell.js")) {
            HttpResponse<String> page = get(path);
            assertThat(page.statusCode()).as(path).isEqualTo(200);
            assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                    .contains("default-src 'self'");
            assertThat(page.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(page.headers().firstValue("Set-Cookie")).isEmpty();
        }
        assertThat(get("nothing-here").statusCode()).isEqualTo(404);
    }

    @Test
    void scriptsAreCompressedAndLoadedOnce() {
        for (String path : List.of("bell.js", "sockjs/1.6.1/sockjs.min.js", "sockjs/0.3.4/sockjs.min.js")) {
            HttpResponse<String> plain = get(path);
            HttpResponse<byte[]> compressed = script("GET", path, "Accept-Encoding", "gzip");
            String tag = compressed.headers().firstValue("ETag").orElseThrow();

            assertThat(plain.headers().firstValue("Content-Type").orElse("").replace(" ", ""))
                    .isEqualToIgnoringCase("text/javascript;charset=utf-8");
            assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
            assertThat(compressed.headers().firstValue("Content-Encoding")).contains("gzip");
            assertThat(compressed.headers().allValues("Vary")).contains("Accept-Encoding");
            assertThat(unzipped(compressed.body())).as(path).isEqualTo(plain.body());
            HttpResponse<byte[]> head = script("HEAD", path, "Accept-Encoding", "gzip");
            assertThat(head.headers().firstValue("ETag")).contains(tag);
            assertThat(head.headers().firstValue("Content-Encoding")).contains("gzip");
            assertThat(head.body()).isEmpty();
            assertThat(script("GET", path, "If-None-Match", tag).statusCode()).isEqualTo(304);
            assertThat(script("GET", path, "If-None-Match", "\"other\"").statusCode())
                    .isEqualTo(200);
        }
        assertThat(get("bell.js").headers().firstValue("Cache-Control")).contains("no-cache");
        assertThat(get("bell.js").headers().firstValue("Access-Control-Allow-Origin"))
                .contains("*");
        assertThat(get("sockjs/1.6.1/sockjs.min.js").headers().firstValue("Cache-Control"))
                .contains("public, max-age=31536000, immutable");
        for (String path :
                List.of("bell/", "bell/none-ABCD1234.js", "sockjs/", "sockjs/1.6.1/", "bell/../WEB-INF/web.xml")) {
            assertThat(get(path).statusCode()).as(path).isEqualTo(404);
        }
    }

    private HttpResponse<byte[]> script(String method, String path, String header, String value) {
        HttpRequest request = HttpRequest.newBuilder(http(path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .header(header, value)
                .build();
        return send(request, HttpResponse.BodyHandlers.ofByteArray());
    }

    private static String unzipped(byte[] gzip) {
        try (var content = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Client alice() {
        return Client.joined(socket(), "alice");
    }

    private Publisher.Answer notifyUsers(String content, String user) {
        return publisher().form(Map.of("content", content, "users", "[{\"id\":\"" + user + "\"}]"));
    }

    private static String idOf(Publisher.Answer answer) {
        return answer.json().getJsonArray("recipients").getJsonObject(0).getString("id");
    }

    private static String unique() {
        return UUID.randomUUID().toString();
    }

    private Publisher publisher() {
        return new Publisher(http("notify"));
    }

    private URI http(String path) {
        return URI.create("http://127.0.0.1:" + base.getPort() + "/" + path);
    }

    private URI socket() {
        return URI.create("ws://127.0.0.1:" + base.getPort() + "/notification/websocket");
    }

    private String metrics() {
        return get("metrics").body();
    }

    private HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(http(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** By HTTP/1.1: over HTTP/2 without TLS, which no browser speaks, Payara sometimes does not finish a long answer. */
    private static <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> body) {
        try {
            return HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .build()
                    .send(request, body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Path awaitMail(String subject, int count) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> mails(subject), found -> found.size() == count)
                .get(0);
    }

    private static List<Path> mails(String subject) {
        Path folder = Path.of(System.getProperty("notification.test.directory"), "mail");
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".eml"))
                    .filter(file -> EmlFile.subject(file).contains(subject))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
