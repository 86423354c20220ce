package org.wsnotify.token;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import java.net.MalformedURLException;
import java.net.URI;
import java.time.Duration;

/** The public keys at a URL (RFC 7517, section 5). */
final class PublishedKeys {

    private static final int CONNECT_MILLIS = 1000;
    private static final int READ_MILLIS = 1000;
    private static final int MOST_BYTES = 262_144;

    /** How long keys are used before they are read again. A token of an unknown key causes that, too. */
    private static final Duration KEPT = Duration.ofMinutes(5);

    /** How long a login waits for keys that another one reads: a URL that hangs must not hold all logins. */
    private static final Duration REFRESH_PATIENCE = Duration.ofMillis(250);

    /** How long before their end keys are read again, so that no login waits for it. */
    private static final Duration AHEAD = Duration.ofMinutes(1);

    /** How often tokens of unknown keys can cause a request. */
    private static final Duration BETWEEN_REQUESTS = Duration.ofSeconds(10);

    /** How long keys that were read once are good while their URL does not answer. */
    private static final Duration OUTAGE = Duration.ofHours(24);

    private PublishedKeys() {}

    /** Returns the keys at a URL, which is read at the first token. It must be closed. */
    static JWKSource<SecurityContext> at(URI url) {
        try {
            return JWKSourceBuilder.<SecurityContext>create(
                            url.toURL(), new DefaultResourceRetriever(CONNECT_MILLIS, READ_MILLIS, MOST_BYTES))
                    .cache(KEPT.toMillis(), REFRESH_PATIENCE.toMillis())
                    .refreshAheadCache(AHEAD.toMillis(), false)
                    .rateLimited(BETWEEN_REQUESTS.toMillis())
                    .outageTolerant(OUTAGE.toMillis())
                    .build();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException("not a URL", e);
        }
    }
}
