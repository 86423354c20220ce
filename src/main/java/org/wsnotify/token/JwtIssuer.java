package org.wsnotify.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import org.wsnotify.login.TokenIssuer;

/** Makes tokens with the first configured secret. Immutable, safe for use by many threads. */
public final class JwtIssuer implements TokenIssuer {

    private final TokenRules rules;
    private final Clock clock;

    public JwtIssuer(TokenRules rules, Clock clock) {
        this.rules = rules;
        this.clock = clock;
    }

    @Override
    public boolean canIssue() {
        return !rules.secrets().isEmpty();
    }

    @Override
    public Issued issue(String userId, Duration lifetime) {
        if (!canIssue()) {
            throw new IllegalStateException("notification.token.secret is not set");
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Instant expiry = now.plus(lifetime);
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .subject(userId)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(expiry));
        rules.audience().ifPresent(claims::audience);
        rules.issuer().ifPresent(claims::issuer);
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256)
                        .type(JOSEObjectType.JWT)
                        .build(),
                claims.build());
        try {
            token.sign(new MACSigner(rules.keys().get(0)));
        } catch (JOSEException e) {
            throw new IllegalStateException("the secret cannot sign", e); // its length was checked
        }
        return new Issued(token.serialize(), expiry);
    }
}
