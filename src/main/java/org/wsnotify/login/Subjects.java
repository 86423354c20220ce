package org.wsnotify.login;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;

/**
 * What failures are counted by.
 *
 * <p>Each is a short digest, so that what is remembered has a known size and shows nothing. Logins that a database may hold for
 * equal (by case, accents, spaces or invisible characters) are one login; the addresses of one IPv6 network (/64) are one address,
 * because whoever has one of them has them all.
 */
record Subjects(String pair, String address, String login) {
    private static final int DIGEST_BYTES = 16;
    private static final int IPV6_NETWORK_BYTES = 8;

    static Subjects of(String login, String remoteAddress) {
        String foldedLogin = fold(login);
        String network = network(remoteAddress);
        return new Subjects(digest(foldedLogin + '\0' + network), digest(network), digest(foldedLogin));
    }

    private static String fold(String login) {
        return Normalizer.normalize(login, Normalizer.Form.NFKD)
                .replaceAll("[\\p{M}\\p{C}\\p{Z}]", "")
                .toLowerCase(Locale.ROOT);
    }

    private static String network(String remoteAddress) {
        if (remoteAddress.indexOf(':') < 0) {
            return remoteAddress;
        }
        try {
            // A colon makes it a literal: no name is looked up.
            InetAddress address = InetAddress.getByName(remoteAddress);
            return address instanceof Inet6Address
                    ? HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), IPV6_NETWORK_BYTES))
                    : address.getHostAddress();
        } catch (UnknownHostException e) {
            // Not an address after all: counted as it is written.
            return remoteAddress;
        }
    }

    private static String digest(String subject) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(subject.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
