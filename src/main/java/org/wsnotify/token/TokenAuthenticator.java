package org.wsnotify.token;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.Closeable;
import java.io.IOException;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.wsnotify.login.AuthenticatedUser;
import org.wsnotify.login.Authenticator;
import org.wsnotify.login.Credentials;
import org.wsnotify.login.RareLog;
import org.wsnotify.login.TokenCredentials;

/**
 * Accepts signed tokens (RFC 7515, RFC 7519): the web application that signed them knows its users.
 *
 * <p>A token names its user in {@code sub}, and its end in {@code exp}. One that has expired gives a login that has
 * ended. Why others are refused is a line in the log, at most ten a minute. Lives as long as the application, which
 * closes it. Safe for use by many threads.
 */
public final class TokenAuthenticator implements Authenticator, Closeable {

    private static final System.Logger LOG = System.getLogger(TokenAuthenticator.class.getName());
    private static final int MOST_REFUSALS = 10;

    /** The general type, and that of access tokens (RFC 9068). */
    private static final Set<JOSEObjectType> TYPES = Set.of(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"));

    private final TokenRules rules;
    private final Clock clock;
    private final Optional<JWKSource<SecurityContext>> published;
    private final Signatures signatures;
    private final Claims claims;
    private final RareLog refusals;

    public TokenAuthenticator(TokenRules rules, Clock clock) {
        this.rules = rules;
        this.clock = clock;
        this.published = rules.jwksUrl().map(PublishedKeys::at);
        this.signatures = new Signatures(rules.keys(), published);
        this.claims = new Claims(rules);
        this.refusals = new RareLog(LOG, System.Logger.Level.INFO, MOST_REFUSALS, Duration.ofMinutes(1), clock);
    }

    @Override
    public Optional<AuthenticatedUser> authenticate(Credentials credentials) {
        if (!(credentials instanceof TokenCredentials given)) {
            return Optional.empty();
        }
        try {
            return Optional.of(user(given.token()));
        } catch (TokenRefusedException e) {
            refusals.tell("a token was refused: " + e.getMessage());
            return Optional.empty();
        }
    }

    private AuthenticatedUser user(String text) throws TokenRefusedException {
        SignedJWT token = parsed(text);
        JOSEObjectType type = token.getHeader().getType();
        if (type != null && !TYPES.contains(type)) {
            throw new TokenRefusedException("its type (typ) is neither JWT nor at+jwt");
        }
        signatures.check(token);
        return claims.user(said(token), clock.instant());
    }

    private static SignedJWT parsed(String text) throws TokenRefusedException {
        try {
            return SignedJWT.parse(text);
        } catch (ParseException | RuntimeException e) { // a parser may throw more than ParseException for hostile text
            throw new TokenRefusedException("it is not a signed JSON Web Token");
        }
    }

    private static JWTClaimsSet said(SignedJWT token) throws TokenRefusedException {
        try {
            JWTClaimsSet claims = token.getJWTClaimsSet();
            if (claims != null) {
                return claims;
            }
        } catch (ParseException e) {
            // the same as none
        }
        throw new TokenRefusedException("what it says is not a set of claims");
    }

    @Override
    public String description() {
        List<String> from = new ArrayList<>();
        if (!rules.secrets().isEmpty()) {
            from.add("notification.token.secret");
        }
        rules.jwksUrl().ifPresent(url -> from.add(url.getHost()));
        return from.isEmpty() ? "" : "tokens (" + String.join(", ", from) + ")";
    }

    @Override
    public void close() throws IOException {
        if (published.isPresent() && published.get() instanceof Closeable source) {
            source.close();
        }
    }
}
