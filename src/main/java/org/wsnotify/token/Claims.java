package org.wsnotify.token;

import com.nimbusds.jwt.JWTClaimsSet;
import java.time.Instant;
import java.util.Date;
import org.wsnotify.login.AuthenticatedUser;
import org.wsnotify.login.TokenIssuer;
import org.wsnotify.notification.UserIds;

/** What a token must say about itself (RFC 7519, section 4.1). Immutable. */
final class Claims {

    private final TokenRules rules;

    Claims(TokenRules rules) {
        this.rules = rules;
    }

    /**
     * Returns the user that a token names. The login ends with the token, which may have been some time ago.
     *
     * @throws TokenRefusedException the token does not say what it must
     */
    AuthenticatedUser user(JWTClaimsSet claims, Instant now) throws TokenRefusedException {
        if (rules.audience().isPresent()
                && !claims.getAudience().contains(rules.audience().get())) {
            throw new TokenRefusedException("its audience (aud) is not notification.token.audience");
        }
        if (rules.issuer().isPresent() && !rules.issuer().get().equals(claims.getIssuer())) {
            throw new TokenRefusedException("its issuer (iss) is not notification.token.issuer");
        }
        return AuthenticatedUser.until(userId(claims.getSubject()), end(claims, now));
    }

    private static String userId(String subject) throws TokenRefusedException {
        if (subject == null || subject.isBlank()) {
            throw new TokenRefusedException("it names no user (sub)");
        }
        if (!UserIds.isValid(subject)) {
            throw new TokenRefusedException(
                    "its user (sub) is not an id of at most " + UserIds.LONGEST + " characters");
        }
        return subject;
    }

    private static Instant end(JWTClaimsSet claims, Instant now) throws TokenRefusedException {
        Date expiry = claims.getExpirationTime();
        if (expiry == null) {
            throw new TokenRefusedException("it never expires (exp)");
        }
        Instant end = expiry.toInstant().plus(TokenRules.SKEW);
        if (end.isAfter(now.plus(TokenIssuer.LONGEST).plus(TokenRules.SKEW.multipliedBy(2)))) {
            throw new TokenRefusedException("it expires more than 24 hours ahead (exp)");
        }
        Date start = claims.getNotBeforeTime();
        if (start != null && start.toInstant().isAfter(now.plus(TokenRules.SKEW))) {
            throw new TokenRefusedException("it is not valid yet (nbf)");
        }
        return end;
    }
}
