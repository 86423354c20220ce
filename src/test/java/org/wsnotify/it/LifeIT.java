package org.wsnotify.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of notifications after they were published, on a server: docs/life.md. */
class LifeIT {

    private static final String UNKNOWN = "ffffffffffffffffffffffff";

    @TempDir
    static Path directory;

    private static TestServer server;

    private final Publisher publisher = new Publisher(server.http("/notify"));

    @BeforeAll
    static void start() {
        server = TestServer.in(directory)
                .with("notification.demo", "true")
                .with("notification.embedded.directory", "store")
                .with("notification.mail.directory", "mails")
                .with("notification.backup.directory", "backups")
                .start();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    // Retract and replace

    @Test
    void retractedNotificationLeavesAllDevices() {
        String content = unique();
        try (Client phone = Client.joined(server.socket(), "alice");
                Client desk = Client.joined(server.socket(), "alice")) {
            String id = id(publish("{'content':'" + content + "','users':['alice']}"), 0);
            phone.awaitContent(content);
            desk.awaitContent(content);

            Publisher.Answer answer = delete("/notifications/" + id);

            assertThat(answer)
                    .returns(200, Publisher.Answer::status)
                    .returns("{\"retracted\":1}", Publisher.Answer::body);
            for (Client device : List.of(phone, desk)) {
                JsonObject told = device.await("delete");
                assertThat(Client.ids(told)).containsExactly(id);
            }
            assertThat(page(phone)).doesNotContain(content);
            assertThat(delete("/notifications/" + id).body()).isEqualTo("{\"retracted\":0}");
        }
    }

    @Test
    void publicationIsRetractedFromAllInboxesWithOneCall() {
        String content = unique();
        try (Client alice = Client.joined(server.socket(), "alice");
                Client bob = Client.joined(server.socket(), "bob")) {
            JsonObject receipt = publish("{'content':'" + content + "','users':['alice','bob','nobody']}");
            alice.awaitContent(content);
            bob.awaitContent(content);

            assertThat(delete("/publications/" + receipt.getString("publication"))
                            .body())
                    .isEqualTo("{\"retracted\":3}");

            assertThat(Client.ids(alice.await("delete"))).containsExactly(id(receipt, 0));
            assertThat(Client.ids(bob.await("delete"))).containsExactly(id(receipt, 1));
            assertThat(page(bob)).doesNotContain(content);
        }
    }

    @Test
    void whatIsNotThereIsNotFound() {
        for (String path : List.of(
                "/notifications/" + UNKNOWN,
                "/notifications/1",
                "/publications/" + UNKNOWN + "-1",
                "/publications/" + UNKNOWN + "-9999999",
                "/publications/" + UNKNOWN,
                "/publications/1")) {
            Publisher.Answer answer = delete(path);
            assertThat(answer.status()).as(path).isEqualTo(404);
            assertThat(answer.contentType()).startsWith("application/problem+json");
            assertThat(answer.code()).isEqualTo("not-found");
        }
    }

    @Test
    void newerNotificationOfAGroupTakesThePlaceOfTheOlder() {
        String group = unique();
        try (Client alice = Client.joined(server.socket(), "alice")) {
            String older = id(publish(comments("1 person commented", group)), 0);
            alice.awaitContent("1 person commented");

            String newer = id(publish(comments("2 people commented", group)), 0);

            assertThat(Client.ids(alice.await("delete"))).containsExactly(older);
            JsonObject pushed = alice.awaitContent("2 people commented");
            assertThat(Client.ids(pushed)).containsExactly(newer);
            assertThat(pushed.getJsonArray("data").getJsonObject(0).getString("group"))
                    .isEqualTo(group);
            assertThat(page(alice)).contains(newer).doesNotContain(older);
        }
    }

    // Read

    @Test
    void inboxIsReadInPagesWithItsCounts() {
        String user = unique();
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            ids.add(0, id(publish("{'content':'c" + i + "','type':'chat','users':['" + user + "']}"), 0));
        }

        JsonObject first = get("/users/" + user + "/notifications?limit=2").json();
        JsonObject second = get("/users/" + user + "/notifications?limit=2&before=" + ids.get(1))
                .json();

        assertThat(listed(first)).isEqualTo(ids.subList(0, 2));
        assertThat(first.getBoolean("more")).isTrue();
        assertThat(first.getJsonObject("counts"))
                .hasToString("{\"unseen\":3,\"byType\":{\"chat\":3},\"capped\":false}");
        assertThat(listed(second)).isEqualTo(ids.subList(2, 3));
        assertThat(second.getBoolean("more")).isFalse();
        assertThat(get("/users/" + user + "/counts").json().getJsonObject("counts"))
                .isEqualTo(first.getJsonObject("counts"));
        assertThat(get("/users/" + unique() + "/notifications").body())
                .isEqualTo("{\"notifications\":[],\"more\":false,"
                        + "\"counts\":{\"unseen\":0,\"byType\":{},\"capped\":false}}");
        for (String wrong : List.of("limit=0", "limit=101", "limit=x", "before=1", "befor=1")) {
            assertThat(get("/users/" + user + "/notifications?" + wrong).status())
                    .as(wrong)
                    .isEqualTo(400);
        }
    }

    @Test
    void changesOnBehalfOfAUserAreToldToAllDevices() {
        try (Client alice = Client.joined(server.socket(), "alice")) {
            String first = id(publish("{'content':'" + unique() + "','users':['alice']}"), 0);
            String second = id(publish("{'content':'" + unique() + "','users':['alice']}"), 0);

            JsonObject seen = post("/users/alice/seen", "{'ids':['" + first + "','" + UNKNOWN + "']}")
                    .json();
            JsonObject deleted =
                    post("/users/alice/delete", "{'ids':['" + second + "']}").json();

            assertThat(seen.getJsonArray("ids")).hasToString("[\"" + first + "\"]");
            assertThat(deleted.getJsonArray("ids")).hasToString("[\"" + second + "\"]");
            assertThat(Client.ids(alice.await("seen"))).containsExactly(first);
            assertThat(Client.ids(alice.await("delete"))).containsExactly(second);
            assertThat(listed(get("/users/alice/notifications?unseen=1").json()))
                    .doesNotContain(first, second);

            assertThat(post("/users/bob/seen", "{'ids':['" + first + "']}").code())
                    .isEqualTo("not-found");
            assertThat(post("/users/alice/seen", "{'all':true}")
                            .json()
                            .getJsonObject("counts")
                            .getInt("unseen"))
                    .isZero();
            assertThat(post("/users/alice/seen", "{}").code()).isEqualTo("invalid-parameters");
            assertThat(post("/users/alice/delete", "{'all':true}").code()).isEqualTo("unknown-parameter");
        }
    }

    @Test
    void storyTellsWhatBecameOfANotificationAndItsMail() {
        String user = unique();
        JsonObject receipt;
        try (Client phone = Client.joined(server.socket(), "bob");
                Client desk = Client.joined(server.socket(), "bob")) {
            receipt = publish("{'content':'story','email_send':true,'users':[{'id':'bob'},{'id':'" + user
                    + "','email':'" + user + "@a.example'},{'id':'" + user + "','email':'no address'}]}");
            phone.awaitContent("story");
            desk.awaitContent("story");
            Awaitility.await()
                    .untilAsserted(() ->
                            assertThat(story(receipt, 0).getJsonArray("pushes")).hasSize(1));
        }
        JsonObject bobs = story(receipt, 0);
        assertThat(bobs.getJsonArray("pushes").getJsonObject(0).getInt("sessions"))
                .isEqualTo(2);
        assertThat(bobs.getJsonObject("mail")).hasToString("{\"status\":\"missing\"}");
        assertThat(bobs.getBoolean("seen")).isFalse();
        Awaitility.await()
                .untilAsserted(
                        () -> assertThat(story(receipt, 1).getJsonObject("mail").getString("status"))
                                .isEqualTo("sent"));
        assertThat(story(receipt, 1).getJsonObject("mail").getString("answer")).isEqualTo("written to a file");
        assertThat(story(receipt, 1).getJsonObject("mail").containsKey("at")).isTrue();
        assertThat(story(receipt, 2).getJsonObject("mail").getString("status")).isEqualTo("invalid");

        post("/users/bob/seen", "{'ids':['" + id(receipt, 0) + "']}");
        post("/users/bob/delete", "{'ids':['" + id(receipt, 0) + "']}");
        assertThat(story(receipt, 0).containsKey("seenAt")).isTrue();
        assertThat(story(receipt, 0).getJsonObject("removed").getString("reason"))
                .isEqualTo("deleted");
        assertThat(get("/notifications/" + UNKNOWN).code()).isEqualTo("not-found");
        assertThat(get("/notifications/x").code()).isEqualTo("not-found");
    }

    // Expire and schedule

    @Test
    void whatHasExpiredLeavesAllDevices() {
        try (Client alice = Client.joined(server.socket(), "alice")) {
            String id = id(publish("{'content':'" + unique() + "','users':['alice'],'expires_in':1}"), 0);

            assertThat(Client.ids(alice.await("delete"))).containsExactly(id);
            assertThat(page(alice)).doesNotContain(id);
            assertThat(get("/notifications/" + id)
                            .json()
                            .getJsonObject("removed")
                            .getString("reason"))
                    .isEqualTo("expired");
        }
    }

    @Test
    void scheduledNotificationRingsAtItsTime() {
        try (Client alice = Client.joined(server.socket(), "alice")) {
            String content = unique();
            Instant at = Instant.now().plusSeconds(3);
            JsonObject receipt = publish("{'content':'" + content + "','users':['alice'],'deliver_at':'" + at + "'}");
            assertThat(Instant.parse(receipt.getString("deliverAt"))).isEqualTo(at.truncatedTo(ChronoUnit.MILLIS));
            assertThat(get("/notifications/" + id(receipt, 0)).json().containsKey("deliverAt"))
                    .isTrue();
            assertThat(page(alice)).doesNotContain(content);

            JsonObject pushed = alice.awaitContent(content);

            assertThat(Instant.now()).isAfterOrEqualTo(at.minusSeconds(1));
            assertThat(Client.ids(pushed)).containsExactly(id(receipt, 0));
            assertThat(story(receipt, 0).containsKey("storedAt")).isTrue();
        }
    }

    @Test
    void scheduledPublicationIsRetractedBeforeItsTime() {
        JsonObject receipt = publish("{'content':'" + unique() + "','users':['alice','bob'],'deliver_at':'"
                + Instant.now().plusSeconds(3600) + "'}");

        assertThat(delete("/notifications/" + id(receipt, 0)).body()).isEqualTo("{\"retracted\":1}");
        assertThat(get("/notifications/" + id(receipt, 0)).status()).isEqualTo(404);
        assertThat(delete("/publications/" + receipt.getString("publication")).body())
                .isEqualTo("{\"retracted\":1}");
        assertThat(get("/notifications/" + id(receipt, 1)).status()).isEqualTo(404);
    }

    @Test
    void requestIsRepeatedAfterItExpired() throws Exception {
        String request = "{'content':'" + unique() + "','users':['" + unique() + "'],'expires_at':'"
                + Instant.now().plusSeconds(2) + "'}";
        String key = unique();
        Publisher.Answer first = publisher.json(request, "Idempotency-Key", key);
        assertThat(first.status()).as(first.body()).isEqualTo(200);

        Awaitility.await().until(() -> publisher.json(request).status() == 400);

        assertThat(publisher.json(request, "Idempotency-Key", key).body()).isEqualTo(first.body());
        assertThat(publisher.json(request, "Idempotency-Key", unique()).code()).isEqualTo("invalid-parameters");
    }

    // Forget and export

    @Test
    void erasedUserIsNowhereAnyMore() throws IOException {
        String user = "erased-" + unique();
        String other = "other-" + unique();
        publish("{'content':'both','email_send':true,'users':[{'id':'" + user + "','email':'" + user
                + "@a.example'},{'id':'" + other + "','email':'" + other + "@a.example'}]}");
        publish("{'content':'later','users':[{'id':'" + user + "','email':'" + user
                + "@a.example'}],'email_send':true,'deliver_at':'"
                + Instant.now().plusSeconds(3600) + "'}");
        publish("{'content':'alone','email_send':true,'users':[{'id':'" + user + "','email':'" + user
                + "@a.example'}]}");
        Awaitility.await()
                .until(() -> files(user).stream()
                                .filter(path -> path.contains("mails"))
                                .count()
                        == 2);

        JsonObject export = get("/users/" + user + "/export").json();
        assertThat(export.getJsonArray("notifications")).hasSize(2);
        assertThat(export.getJsonArray("mails")).hasSize(2);
        assertThat(export.getJsonArray("scheduled")).hasSize(1);
        assertThat(export.toString()).contains("both", user + "@a.example", "sent");

        JsonObject receipt = delete("/users/" + user).json();

        assertThat(receipt)
                .hasToString("{\"sessions\":0,\"notifications\":2,\"scheduled\":1,\"mails\":2,\"mailFiles\":2}");
        assertThat(delete("/users/" + user).json().getInt("notifications")).isZero();
        Awaitility.await()
                .atMost(Duration.ofSeconds(100)) // the file is written anew at most once a minute
                .until(() -> !Files.exists(server.directory().resolve("store/notifications.erased")));
        assertThat(files(user + "@a.example")).isEmpty();
        assertThat(files(other + "@a.example")).isNotEmpty();
        assertThat(server.log()).doesNotContain(user);
        assertThat(get("/users/" + user + "/export").json().getJsonArray("notifications"))
                .isEmpty();
    }

    @Test
    void userWhoseIdIsNotForAPathIsInTheQuery() {
        String plain = unique();
        String user = plain + "/..;x";
        String query = "/-?user=" + URLEncoder.encode(user, StandardCharsets.UTF_8);
        String id = id(publish("{'content':'c','users':['" + user + "']}"), 0);
        publish("{'content':'c','users':['" + plain + "']}");
        String path = "/users" + query.replace("/-", "/-/notifications") + "&limit=1";
        assertThat(listed(get(path).json())).containsExactly(id);
        assertThat(new Publisher(server.http("/users" + query.replace("/-", "/-/seen")))
                        .json("{'ids':['" + id + "']}")
                        .status())
                .isEqualTo(200);

        assertThat(delete("/users/" + plain + ";x").code()).isEqualTo("bad-request");
        assertThat(delete("/users" + query).json().getInt("notifications")).isEqualTo(1);

        assertThat(listed(get(path).json())).isEmpty();
        assertThat(listed(get("/users/" + plain + "/notifications").json())).hasSize(1);
        assertThat(delete("/users/" + plain + query.substring(2)).code()).isEqualTo("invalid-parameters");
        String encoded = plain + ";y";
        publish("{'content':'c','users':['" + encoded + "']}");
        assertThat(delete("/users/" + encoded.replace(";", "%3B")).json().getInt("notifications"))
                .isEqualTo(1);
    }

    @Test
    void sessionsOfAnErasedUserEnd() {
        delete("/users/bob"); // with what other tests published
        Client bob = Client.joined(server.socket(), "bob");
        try (Client alice = Client.joined(server.socket(), "alice")) {
            String content = unique();
            publish("{'content':'" + content + "','users':['bob','alice']}");
            bob.awaitContent(content);
            Awaitility.await()
                    .untilAsserted(() -> assertThat(get("/users/bob/export")
                                    .json()
                                    .getJsonArray("notifications")
                                    .getJsonObject(0)
                                    .getJsonArray("pushes"))
                            .hasSize(1));

            JsonObject receipt = delete("/users/bob").json();

            assertThat(receipt.getInt("sessions")).isEqualTo(1);
            assertThat(receipt.getInt("notifications")).isEqualTo(1);
            assertThat(bob.awaitClose()).isEqualTo(4001);
            assertThat(page(alice)).contains(content);
        }
    }

    @Test
    void exportIsAnAttachmentThatNobodyKeeps() {
        Publisher.Answer export = get("/users/" + unique() + "/export");

        assertThat(export.status()).isEqualTo(200);
        assertThat(export.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(export.headers().firstValue("Content-Disposition"))
                .hasValue("attachment; filename=\"notifications.json\"");
        assertThat(get("/users/" + "x".repeat(300) + "/export").code()).isEqualTo("invalid-parameters");
        assertThat(delete("/users/42?email=nobody").code()).isEqualTo("invalid-parameters");
        assertThat(delete("/users/42?mail=a%40b.example").code()).isEqualTo("unknown-parameter");
    }

    /** Returns the files of the stores and of the mails that contain a text. The text of a notification stays. */
    private static List<String> files(String text) throws IOException {
        List<String> found = new ArrayList<>();
        for (String folder : List.of("store", "mails")) {
            try (Stream<Path> files = Files.list(server.directory().resolve(folder))) {
                for (Path file : files.toList()) {
                    if (Files.readString(file, StandardCharsets.ISO_8859_1).contains(text)) {
                        found.add(file.toString());
                    }
                }
            }
        }
        return found;
    }

    @Test
    void backupIsMadeWhileTheServerRuns() {
        publish("{'content':'" + unique() + "','users':['alice']}");

        JsonObject made = post("/backup", "{}").json();

        Path folder = server.directory().resolve("backups").resolve(made.getString("folder"));
        assertThat(folder.resolve("notifications.mv"))
                .hasSize(made.getJsonNumber("bytes").longValue());
        assertThat(folder.resolve("notifications.commit")).isNotEmptyFile();
    }

    @Test
    void serverStartsOnABackup(@TempDir Path other) {
        String user = unique();
        JsonObject before = publish("{'content':'before','users':['" + user + "']}");
        String folder = post("/backup", "{}").json().getString("folder");
        publish("{'content':'after','users':['" + user + "']}");

        try (TestServer restored = TestServer.in(other)
                .with("notification.demo", "true")
                .with(
                        "notification.embedded.directory",
                        server.directory().resolve("backups").resolve(folder).toString())
                .start()) {
            Publisher restoredInbox = new Publisher(restored.http("/notify"));
            JsonObject inbox = restoredInbox
                    .send(HttpRequest.newBuilder(restored.http("/users/" + user + "/notifications"))
                            .build())
                    .json();
            assertThat(listed(inbox)).containsExactly(id(before, 0));
            Publisher.Answer backup = new Publisher(restored.http("/backup")).json("{}");
            assertThat(backup.status()).isEqualTo(409);
            assertThat(backup.code()).isEqualTo("backup-not-configured");
        }
    }

    @Test
    void sessionInTheDocumentationWorks() throws Exception {
        String document = Files.readString(Path.of("docs/operations.md"));
        Matcher block = Pattern.compile("(?s)```console\n(.*?)```").matcher(document);
        assertThat(block.find()).isTrue();
        String session =
                block.group(1).replace("http://localhost:8587", server.http("").toString());
        List<String> commands = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (String line : session.lines().toList()) {
            if (line.startsWith("$ ")) {
                commands.add(line.substring(2));
                expected.add("");
            } else {
                expected.set(expected.size() - 1, expected.get(expected.size() - 1) + line + "\n");
            }
        }
        String script = String.join("\necho; echo '----'\n", commands);
        Process bash = new ProcessBuilder("bash", "-e", "-c", script)
                .redirectErrorStream(true)
                .start();
        String output = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(bash.waitFor()).as(output).isZero();
        List<String> printed = List.of(output.split("\n----\n", -1));
        assertThat(printed.stream().map(LifeIT::normal))
                .isEqualTo(expected.stream().map(LifeIT::normal).toList());
    }

    /** Leaves out what differs each time. */
    private static String normal(String text) {
        return text.strip()
                .replaceAll("[0-9a-f]{24}", "ID")
                .replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "TIME")
                .replaceAll("\"node\":\"[0-9a-f]{8}\"", "NODE")
                .replaceAll("\\d{8}T\\d{6}\\.\\d{3}Z", "TIME")
                .replaceAll("\"bytes\":\\d+", "BYTES")
                .replaceAll("\"seconds\":[0-9.]+", "SECONDS");
    }

    private JsonObject story(JsonObject receipt, int place) {
        Publisher.Answer answer = get("/notifications/" + id(receipt, place));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private static List<String> listed(JsonObject answer) {
        return answer.getJsonArray("notifications").getValuesAs(JsonObject.class).stream()
                .map(one -> one.getString("_id"))
                .toList();
    }

    private Publisher.Answer get(String path) {
        return publisher.send(HttpRequest.newBuilder(server.http(path)).build());
    }

    private Publisher.Answer post(String path, String json) {
        return new Publisher(server.http(path)).json(json);
    }

    private static String comments(String content, String group) {
        return "{'content':'" + content + "','users':['alice'],'group':'" + group + "'}";
    }

    private JsonObject publish(String json) {
        Publisher.Answer answer = publisher.json(json);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private Publisher.Answer delete(String path) {
        return publisher.send(HttpRequest.newBuilder(server.http(path)).DELETE().build());
    }

    /** Returns the first page of a user's inbox as text. */
    private static String page(Client client) {
        client.forget();
        client.send("{'name':'content','data':{'page':0}}");
        return client.await("notification", envelope -> envelope.containsKey("page"))
                .toString();
    }

    private static String id(JsonObject receipt, int place) {
        return receipt.getJsonArray("recipients").getJsonObject(place).getString("id");
    }

    private static String unique() {
        return UUID.randomUUID().toString();
    }
}
