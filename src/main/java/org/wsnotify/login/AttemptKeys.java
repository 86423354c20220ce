package org.wsnotify.login;

import java.text.Normalizer;
import java.util.Locale;
import org.wsnotify.client.IpAddress;
import org.wsnotify.digest.Sha256;

/**
 * The keys under which the failures of an attempt are counted.
 *
 * <p>Each is a short digest, so its size is fixed and it shows no login. Logins that a database may treat as equal
 * (differing in case, accents, spaces or invisible characters) have one key. So do the IPv6 addresses of one /56,
 * because a subscriber can use all of them.
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
