package org.wsnotify.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users who sign in with tokens. The server has a secret and API keys, and no users. */
class TokenIT {

    private static final String SECRET = "a-secret-that-is-long-enough-for-HS256";
    private static final String KEY = "0123456789abcdef0123456789abcdef";

    @TempDir
    static Path directory;

    private static TestServer server;

    private final Publisher tokens = new Publisher(server.http("/token"));

    @BeforeAll
    static void start() {
        server = TestServer.in(directory)
                .with("notification.token.secret", SECRET)
                .with("notification.token.audience", "bell")
                .with("notification.api-keys", KEY)
                .start();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void userOfATokenIsNotifiedAndNothingSecretIsLogged() throws IOException {
        Publisher.Answer answer = tokens.json("{'user':42}", "X-API-Key", KEY);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        String token = answer.json().getString("token");

        try (Client client = joined(token)) {
            new Publisher(server.http("/notify"))
                    .json("{'content':'hello','users':[42]}", "Authorization", "Bearer " + KEY);
            client.awaitContent("hello");

            client.send(
                    "{'name':'refresh','data':{'token':'" + token(Map.of("user", "42", "expires_in", "7200")) + "'}}");
            Instant end = Instant.parse(
                    client.await("refreshed").getJsonObject("data").getString("expiresAt"));
            assertThat(end).isAfter(Instant.now().plusSeconds(7000));
        }
        assertThat(Files.readString(directory.resolve("server.log"))).doesNotContain(token, SECRET);
    }

    @Test
    void sessionEndsWithItsTokenAndTheClientIsToldBefore() throws JOSEException {
        // accepted for a minute after it expires, because clocks differ
        Instant expiry = Instant.now().minusSeconds(54);
        Client client = joined(signed(SECRET, "anna", expiry));

        client.await("token-expiring");
        assertThat(client.awaitClose()).isEqualTo(4001);
    }

    @Test
    void tokenThatIsNotOfTheSecretOrHasExpiredIsNotAccepted() throws JOSEException {
        Client client = Client.connect(server.socket());
        join(client, signed(SECRET, "anna", Instant.now().minusSeconds(3600)));
        client.awaitError("token-expired");

        join(
                client,
                signed(
                        "another-secret-that-is-long-enough",
                        "anna",
                        Instant.now().plusSeconds(60)));
        client.awaitError("token-refused");
        assertThat(client.awaitClose()).isEqualTo(4003);
    }

    @Test
    void passwordsAreWrongWhereThereAreNoUsers() {
        try (Client client = Client.connect(server.socket())) {
            client.join("anna", "anna");
            client.awaitError("login-failed");
        }
    }

    @Test
    void allSessionsOfAUserEndAtOnceAndThoseOfOthersDoNot() {
        Client one = joined(token(Map.of("user", "zoë b")));
        Client two = joined(token(Map.of("user", "zoë b")));
        try (Client other = joined(token(Map.of("user", "other")))) {
            assertThat(end("zo%C3%AB%20b").code()).isEqualTo("api-key-required");
            assertThat(end("nobody", "X-API-Key", KEY).status()).isEqualTo(204);
            assertThat(one.isOpen()).isTrue();

            assertThat(end("zo%C3%AB%20b", "X-API-Key", KEY).status()).isEqualTo(204);
            assertThat(one.awaitClose()).isEqualTo(4001);
            assertThat(two.awaitClose()).isEqualTo(4001);
            assertThat(other.isOpen()).isTrue();
        }
    }

    @Test
    void badRequestsForATokenAreAnsweredWithTheirFaults() {
        assertThat(tokens.json("{'user':1}").code()).isEqualTo("api-key-required");
        assertThat(tokens.json("{'user':1}", "X-API-Key", "wrong").code()).isEqualTo("api-key-unknown");
        assertThat(fault("{'usr':1}")).contains("usr", "user");
        assertThat(fault("{'user':1.5}")).contains("user");
        assertThat(fault("{'user':''}")).contains("user");
        assertThat(fault("{'user':[1]}")).contains("user");
        assertThat(fault("{'user':1,'expires_in':86401}")).contains("expires_in");
        assertThat(fault("{'user':1,'expires_in':0}")).contains("expires_in");
        assertThat(fault("{'user':1,'expires_in':1.5}")).contains("expires_in");
        assertThat(fault("{'user':1,'expires_in':true}")).contains("expires_in");
        assertThat(tokens.json("{", "X-API-Key", KEY).code()).isEqualTo("bad-json");
        assertThat(get("/token").status()).isEqualTo(405);
        assertThat(get("/users").status()).isEqualTo(404);
        assertThat(get("/users/1/sessions").status()).isEqualTo(405);
    }

    private String fault(String body) {
        Publisher.Answer answer = tokens.json(body, "X-API-Key", KEY);
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.contentType()).startsWith("application/problem+json");
        return answer.json().getJsonArray("errors").toString();
    }

    private String token(Map<String, String> form) {
        return tokens.form(form, "X-API-Key", KEY).json().getString("token");
    }

    private static Publisher.Answer end(String user, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.http("/users/" + user + "/sessions"))
                .DELETE();
        if (headers.length > 0) {
            request.headers(headers);
        }
        return new Publisher(server.http("/")).send(request.build());
    }

    private static Publisher.Answer get(String path) {
        return new Publisher(server.http("/"))
                .send(HttpRequest.newBuilder(server.http(path))
                        .header("X-API-Key", KEY)
                        .build());
    }

    private static Client joined(String token) {
        Client client = Client.connect(server.socket());
        join(client, token);
        client.await("joined");
        return client;
    }

    private static void join(Client client, String token) {
        client.send("{'name':'join','data':{'token':'" + token + "'}}");
    }

    private static String signed(String secret, String user, Instant expiry) throws JOSEException {
        SignedJWT token = new SignedJWT(
                new JWSHeader(JWSAlgorithm.HS256),
                new JWTClaimsSet.Builder()
                        .subject(user)
                        .audience("bell")
                        .expirationTime(Date.from(expiry))
                        .build());
        token.sign(new MACSigner(secret));
        return token.serialize();
    }
}
