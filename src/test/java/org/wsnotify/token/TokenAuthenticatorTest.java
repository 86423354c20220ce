package org.wsnotify.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wsnotify.HandClock;
import org.wsnotify.login.AuthenticatedUser;
import org.wsnotify.login.LoginUnavailableException;
import org.wsnotify.login.PasswordCredentials;
import org.wsnotify.login.TokenCredentials;
import org.wsnotify.login.TokenIssuer;

class TokenAuthenticatorTest {

    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final String OTHER_SECRET = "another-secret-of-at-least-32-bytes";
    private static final int ED25519_PREFIX = 12;

    private final HandClock clock = new HandClock();
    private final PublishedKeysServer server = new PublishedKeysServer();
    private TokenAuthenticator authenticator = accepting(SECRET);

    @AfterEach
    void close() throws IOException {
        authenticator.close();
        server.close();
    }

    private TokenAuthenticator accepting(String... secrets) {
        return new TokenAuthenticator(
                new TokenRules(List.of(secrets), Optional.empty(), Optional.empty(), Optional.empty()), clock);
    }

    private void acceptPublishedKeys(String... secrets) {
        authenticator = new TokenAuthenticator(
                new TokenRules(List.of(secrets), Optional.of(server.url()), Optional.empty(), Optional.empty()), clock);
    }

    @Test
    void tokenOfTheSecretNamesItsUserUntilAMinuteAfterItsExpiry() throws JOSEException {
        Instant expiry = in(Duration.ofMinutes(5));

        assertThat(login(signed(SECRET, claims("42", expiry))))
                .contains(AuthenticatedUser.until("42", expiry.plusSeconds(60)));
    }

    @Test
    void tokenThatTheServerMadeIsAccepted() {
        TokenRules rules = new TokenRules(
                List.of(SECRET), Optional.empty(), Optional.of("bell"), Optional.of("https://example.org"));
        authenticator = new TokenAuthenticator(rules, clock);
        TokenIssuer.Issued issued = new JwtIssuer(rules, clock).issue("anna", Duration.ofMinutes(1));

        assertThat(login(issued.token()))
                .contains(AuthenticatedUser.until("anna", issued.expiresAt().plusSeconds(60)));
        assertThat(issued.toString()).doesNotContain(issued.token());
    }

    @Test
    void eachSecretIsAcceptedWhileTheyAreRotated() throws JOSEException {
        authenticator = accepting(SECRET, OTHER_SECRET);

        assertThat(login(signed(SECRET, soon("a")))).isPresent();
        assertThat(login(signed(OTHER_SECRET, soon("a")))).isPresent();
        assertThat(login(signed("a-secret-that-nobody-has-configured", soon("a"))))
                .isEmpty();
    }

    @Test
    void expiredTokenGivesALoginThatHasEnded() throws JOSEException {
        Instant expiry = in(Duration.ofHours(-1));

        assertThat(login(signed(SECRET, claims("42", expiry))))
                .contains(AuthenticatedUser.until("42", expiry.plusSeconds(60)));
    }

    @Test
    void userMayBeANumber() throws JOSEException {
        String header = Base64URL.encode("{\"alg\":\"HS256\"}").toString();
        String content = Base64URL.encode(
                        "{\"sub\":42,\"exp\":" + in(Duration.ofMinutes(5)).getEpochSecond() + "}")
                .toString();
        byte[] signed = (header + "." + content).getBytes(StandardCharsets.US_ASCII);
        Base64URL signature = new MACSigner(SECRET).sign(new JWSHeader(JWSAlgorithm.HS256), signed);

        assertThat(login(header + "." + content + "." + signature))
                .map(AuthenticatedUser::id)
                .contains("42");
    }

    @Test
    void tokenThatSaysTooLittleOrTooMuchIsRefused() throws JOSEException {
        JWTClaimsSet.Builder nobody = new JWTClaimsSet.Builder().expirationTime(Date.from(in(Duration.ofMinutes(5))));
        assertThat(login(signed(SECRET, nobody.build()))).as("no user").isEmpty();
        assertThat(login(signed(SECRET, soon(" ")))).as("blank user").isEmpty();
        assertThat(login(signed(SECRET, soon("x".repeat(257))))).as("long id").isEmpty();
        assertThat(login(signed(SECRET, soon("x".repeat(256))))).isPresent();
        assertThat(login(signed(SECRET, new JWTClaimsSet.Builder().subject("a").build())))
                .as("no expiry")
                .isEmpty();
        assertThat(login(signed(SECRET, claims("a", in(Duration.ofHours(24))))))
                .as("in a day")
                .isPresent();
        assertThat(login(signed(SECRET, claims("a", in(Duration.ofHours(25))))))
                .as("in more than a day")
                .isEmpty();
        JWTClaimsSet later = new JWTClaimsSet.Builder(soon("a"))
                .notBeforeTime(Date.from(in(Duration.ofMinutes(2))))
                .build();
        assertThat(login(signed(SECRET, later))).as("not yet valid").isEmpty();
    }

    @Test
    void audienceAndIssuerMustBeThoseOfTheSettings() throws JOSEException {
        authenticator = new TokenAuthenticator(
                new TokenRules(List.of(SECRET), Optional.empty(), Optional.of("bell"), Optional.of("app")), clock);
        JWTClaimsSet right = new JWTClaimsSet.Builder(soon("a"))
                .audience(List.of("other", "bell"))
                .issuer("app")
                .build();

        assertThat(login(signed(SECRET, right))).isPresent();
        assertThat(login(signed(
                        SECRET,
                        new JWTClaimsSet.Builder(right).audience("other").build())))
                .isEmpty();
        assertThat(login(signed(
                        SECRET,
                        new JWTClaimsSet.Builder(right).issuer("foreign").build())))
                .isEmpty();
        assertThat(login(signed(SECRET, soon("a")))).isEmpty();
    }

    @Test
    void tokenWithoutASignatureIsRefused() throws JOSEException {
        assertThat(login(new PlainJWT(soon("a")).serialize())).isEmpty();
        String[] parts = signed(SECRET, soon("a")).split("\\.", -1);
        assertThat(login(parts[0] + "." + parts[1] + ".")).isEmpty();
        String none = Base64URL.encode("{\"alg\":\"none\"}") + "." + parts[1] + ".";
        assertThat(login(none)).isEmpty();
        assertThat(login(none + parts[2])).isEmpty();
    }

    @Test
    void otherAlgorithmsOfTheSameSecretAreRefused() throws JOSEException {
        String secret = SECRET + SECRET;
        authenticator = accepting(secret);

        assertThat(login(token(new JWSHeader(JWSAlgorithm.HS512), new MACSigner(secret), soon("a"))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ".", "..", "...", "a.b.c", "e30.e30.e30", "bnVsbA.bnVsbA.AA", "W10.W10.AA", "\0", "\ud800"})
    void otherTextsAreRefused(String text) {
        assertThat(login(text)).isEmpty();
    }

    @Test
    void headerWithUnknownDutiesOrOfAnotherTypeIsRefused() throws JOSEException {
        JWSSigner signer = new MACSigner(SECRET);
        JWSHeader critical = new JWSHeader.Builder(JWSAlgorithm.HS256)
                .criticalParams(Set.of("exp"))
                .customParam("exp", 1)
                .build();
        assertThat(login(token(critical, signer, soon("a")))).isEmpty();
        JWSHeader other = new JWSHeader.Builder(JWSAlgorithm.HS256)
                .type(new JOSEObjectType("logout+jwt"))
                .build();
        assertThat(login(token(other, signer, soon("a")))).isEmpty();
    }

    @Test
    void passwordsAreRefused() {
        assertThat(authenticator.authenticate(new PasswordCredentials("a", "b")))
                .isEmpty();
    }

    @Test
    void publishedKeysOfAllKindsAreAccepted() throws JOSEException, GeneralSecurityException {
        RSAKey rsa = new RSAKeyGenerator(2048).keyID("r").generate();
        ECKey ec = new ECKeyGenerator(Curve.P_256).keyID("e").generate();
        KeyPair ed = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        server.publish(rsa.toPublicJWK(), ec.toPublicJWK(), published(ed, "o"));
        acceptPublishedKeys();

        assertThat(login(token(header(JWSAlgorithm.RS256, "r"), new RSASSASigner(rsa), soon("a"))))
                .isPresent();
        assertThat(login(token(header(JWSAlgorithm.ES256, "e"), new ECDSASigner(ec), soon("a"))))
                .isPresent();
        String signed = signed(ed, header(JWSAlgorithm.EdDSA, "o"), soon("a"));
        assertThat(login(signed)).isPresent();
        assertThat(login(signed.substring(0, signed.length() - 4) + "AAAA")).isEmpty();
        assertThat(login(signed(
                        KeyPairGenerator.getInstance("Ed25519").generateKeyPair(),
                        header(JWSAlgorithm.EdDSA, "o"),
                        soon("a"))))
                .as("signed by another key")
                .isEmpty();
    }

    @Test
    void publishedKeyIsNeverASecret() throws JOSEException {
        RSAKey rsa = new RSAKeyGenerator(2048).keyID("r").generate();
        server.publish(rsa.toPublicJWK());
        acceptPublishedKeys(SECRET);
        List<byte[]> guesses = List.of(
                rsa.toRSAPublicKey().getEncoded(),
                rsa.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8),
                rsa.getModulus().decode());

        for (byte[] guess : guesses) {
            assertThat(login(token(header(JWSAlgorithm.HS256, "r"), new MACSigner(guess), soon("a"))))
                    .isEmpty();
        }
    }

    @Test
    void keyThatWasAddedLaterIsFoundByItsId() throws JOSEException {
        RSAKey first = new RSAKeyGenerator(2048).keyID("1").generate();
        RSAKey second = new RSAKeyGenerator(2048).keyID("2").generate();
        server.publish(first.toPublicJWK());
        acceptPublishedKeys();
        assertThat(login(token(header(JWSAlgorithm.RS256, "1"), new RSASSASigner(first), soon("a"))))
                .isPresent();

        server.publish(first.toPublicJWK(), second.toPublicJWK());
        assertThat(login(token(header(JWSAlgorithm.RS256, "2"), new RSASSASigner(second), soon("a"))))
                .isPresent();
    }

    @Test
    void tokensOfUnknownKeysDoNotCauseARequestEach() throws JOSEException {
        RSAKey known = new RSAKeyGenerator(2048).keyID("1").generate();
        RSAKey unknown = new RSAKeyGenerator(2048).keyID("2").generate();
        server.publish(known.toPublicJWK());
        acceptPublishedKeys();
        String foreign = token(header(JWSAlgorithm.RS256, "2"), new RSASSASigner(unknown), soon("a"));

        for (int i = 0; i < 20; i++) {
            try {
                assertThat(login(foreign)).isEmpty();
            } catch (LoginUnavailableException e) {
                // it may be of a key that was published a moment ago; the client asks again
            }
        }
        assertThat(server.requests()).isLessThan(5);
        assertThat(login(token(header(JWSAlgorithm.RS256, "1"), new RSASSASigner(known), soon("a"))))
                .isPresent();
    }

    @Test
    void keysThatWereReadOnceAreGoodWhileTheUrlFails() throws JOSEException {
        RSAKey key = new RSAKeyGenerator(2048).keyID("1").generate();
        RSAKey unknown = new RSAKeyGenerator(2048).keyID("2").generate();
        server.publish(key.toPublicJWK());
        acceptPublishedKeys();
        String token = token(header(JWSAlgorithm.RS256, "1"), new RSASSASigner(key), soon("a"));
        assertThat(login(token)).isPresent();

        server.fail();
        assertThat(login(token(header(JWSAlgorithm.RS256, "2"), new RSASSASigner(unknown), soon("a"))))
                .as("asks the URL, which fails")
                .isEmpty();
        assertThat(login(token)).isPresent();
    }

    @Test
    void accessTokensAreAccepted() throws JOSEException {
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.HS256)
                .type(new JOSEObjectType("at+jwt"))
                .build();

        assertThat(login(token(header, new MACSigner(SECRET), soon("a")))).isPresent();
    }

    @Test
    void keysThatCannotBeReadMakeLoginsUnavailable() throws JOSEException {
        RSAKey key = new RSAKeyGenerator(2048).keyID("1").generate();
        String token = token(header(JWSAlgorithm.RS256, "1"), new RSASSASigner(key), soon("a"));
        server.fail();
        acceptPublishedKeys(SECRET);

        for (int i = 0; i < 5; i++) {
            assertThatExceptionOfType(LoginUnavailableException.class)
                    .isThrownBy(() -> login(token))
                    .withMessageContaining("notification.token.jwks-url");
        }
        assertThat(login(signed(SECRET, soon("a"))))
                .as("needs no published key")
                .isPresent();
    }

    private Optional<AuthenticatedUser> login(String token) {
        return authenticator.authenticate(new TokenCredentials(token));
    }

    private Instant in(Duration duration) {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS).plus(duration);
    }

    private JWTClaimsSet soon(String user) {
        return claims(user, in(Duration.ofMinutes(5)));
    }

    private static JWTClaimsSet claims(String user, Instant expiry) {
        return new JWTClaimsSet.Builder()
                .subject(user)
                .expirationTime(Date.from(expiry))
                .build();
    }

    private static JWSHeader header(JWSAlgorithm algorithm, String keyId) {
        return new JWSHeader.Builder(algorithm).keyID(keyId).build();
    }

    private static String signed(String secret, JWTClaimsSet claims) throws JOSEException {
        return token(new JWSHeader(JWSAlgorithm.HS256), new MACSigner(secret), claims);
    }

    private static String token(JWSHeader header, JWSSigner signer, JWTClaimsSet claims) throws JOSEException {
        SignedJWT token = new SignedJWT(header, claims);
        token.sign(signer);
        return token.serialize();
    }

    private static String signed(KeyPair pair, JWSHeader header, JWTClaimsSet claims) throws GeneralSecurityException {
        SignedJWT token = new SignedJWT(header, claims);
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(pair.getPrivate());
        signature.update(token.getSigningInput());
        return new String(token.getSigningInput(), StandardCharsets.US_ASCII) + "."
                + Base64URL.encode(signature.sign());
    }

    private static JWK published(KeyPair pair, String keyId) {
        byte[] encoded = pair.getPublic().getEncoded();
        return new OctetKeyPair.Builder(
                        Curve.Ed25519, Base64URL.encode(Arrays.copyOfRange(encoded, ED25519_PREFIX, encoded.length)))
                .keyID(keyId)
                .build();
    }
}
