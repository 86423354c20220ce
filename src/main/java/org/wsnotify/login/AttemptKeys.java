package org.wsnotify.login;

import java.text.Normalizer;
import java.util.Locale;
import org.wsnotify.client.IpAddress;
import org.wsnotify.digest.Sha256;

/**
 * What failures are counted by.
 *
 * <p>Each is a short digest, so that what is remembered has a known size and shows nothing. Logins that a database may
 * hold for equal (by case, accents, spaces or invisible characters) are one login; the IPv6 addresses of one subscriber
 * (/56) are one address, because whoever has one of them has them all.
 */
record AttemptKeys(String pair, String address, String login) {
    private static final int DIGEST_BYTES = 16;

    static AttemptKeys of(String login, String remoteAddress) {
        String foldedLogin = fold(login);
        String network = IpAddress.subscriberOf(remoteAddress);
        return new AttemptKeys(digest(foldedLogin + '\0' + network), digest(network), digest(foldedLogin));
    }

    private static String fold(String login) {
        return Normalizer.normalize(login, Normalizer.Form.NFKD)
                .replaceAll("[\\p{M}\\p{C}\\p{Z}]", "")
                .toLowerCase(Locale.ROOT);
    }

    private static String digest(String subject) {
        return Sha256.hex(subject, DIGEST_BYTES);
    }
}
