package org.wsnotify.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
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
        server = TestServer.in(directory).with("notification.demo", "true").start();
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
