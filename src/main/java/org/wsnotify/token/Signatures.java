package org.wsnotify.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.SignedJWT;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.wsnotify.login.LoginUnavailableException;

/**
 * Checks the signatures of tokens.
 *
 * <p>The algorithm decides which keys are tried: HS256 only the configured secrets, all others only the published keys.
 * So a public key is never taken for a secret, and a token without a signature has no key. Safe for use by many
 * threads.
 */
final class Signatures {

    private static final System.Logger LOG = System.getLogger(Signatures.class.getName());

    private final List<byte[]> secrets;
    private final Optional<JWKSource<SecurityContext>> published;

    Signatures(List<byte[]> secrets, Optional<JWKSource<SecurityContext>> published) {
        this.secrets = secrets;
        this.published = published;
    }

    /**
     * Checks a signature.
     *
     * @throws TokenRefusedException the signature is not right
     * @throws LoginUnavailableException the published keys cannot be read at the moment
     */
    void check(SignedJWT token) throws TokenRefusedException {
        JWSHeader header = token.getHeader();
        if (header.getCriticalParams() != null) {
            throw new TokenRefusedException("its header has extensions that must be understood (crit)");
        }
        List<JWSVerifier> verifiers = verifiers(header);
        if (verifiers.isEmpty()) {
            throw new TokenRefusedException("no configured key is for its algorithm, or none has its key id");
        }
        for (JWSVerifier verifier : verifiers) {
            if (verifies(verifier, token)) {
                return;
            }
        }
        throw new TokenRefusedException("its signature is wrong");
    }

    private static boolean verifies(JWSVerifier verifier, SignedJWT token) {
        try {
            return token.verify(verifier);
        } catch (JOSEException e) { // for example a key that is too short
            return false;
        }
    }

    private List<JWSVerifier> verifiers(JWSHeader header) throws TokenRefusedException {
        JWSAlgorithm algorithm = header.getAlgorithm();
        if (JWSAlgorithm.HS256.equals(algorithm)) {
            return usable(secrets, MACVerifier::new);
        }
        if (isPublishedAlgorithm(algorithm)) {
            return usable(keys(header), Signatures::verifier);
        }
        throw new TokenRefusedException("its algorithm is none of HS256, RS256, ES256 and EdDSA");
    }

    /** Makes the verifier of a key. */
    private interface Factory<K> {
        JWSVerifier verifier(K key) throws JOSEException;
    }

    private static <K> List<JWSVerifier> usable(List<K> keys, Factory<K> factory) {
        List<JWSVerifier> verifiers = new ArrayList<>();
        for (K key : keys) {
            try {
                verifiers.add(factory.verifier(key));
            } catch (JOSEException e) {
                LOG.log(System.Logger.Level.DEBUG, "a published key is not usable: {0}", e.getMessage());
            }
        }
        return verifiers;
    }

    private static boolean isPublishedAlgorithm(JWSAlgorithm algorithm) {
        return JWSAlgorithm.RS256.equals(algorithm)
                || JWSAlgorithm.ES256.equals(algorithm)
                || JWSAlgorithm.EdDSA.equals(algorithm);
    }

    private List<JWK> keys(JWSHeader header) {
        if (published.isEmpty()) {
            return List.of();
        }
        try {
            return published.get().get(new JWKSelector(JWKMatcher.forJWSHeader(header)), null).stream()
                    .filter(Signatures::isUsable)
                    .toList();
        } catch (KeySourceException e) { // also after too many tokens of unknown keys: the next key may be one of them
            throw new LoginUnavailableException("the keys at notification.token.jwks-url cannot be read: "
                    + e.getClass().getSimpleName());
        }
    }

    private static boolean isUsable(JWK key) {
        return key instanceof RSAKey
                || key instanceof ECKey
                || (key instanceof OctetKeyPair pair && Curve.Ed25519.equals(pair.getCurve()));
    }

    private static JWSVerifier verifier(JWK key) throws JOSEException {
        if (key instanceof RSAKey rsa) {
            return new RSASSAVerifier(rsa);
        }
        if (key instanceof ECKey ec) {
            return new ECDSAVerifier(ec);
        }
        return new Ed25519Verifier((OctetKeyPair) key);
    }
}
