package org.wsnotify.password;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * PBKDF2 (RFC 8018) in the formats of Django ({@code pbkdf2_sha256$N$salt$hash}), passlib
 * ({@code $pbkdf2-sha256$N$salt$hash}) and Jakarta Security ({@code PBKDF2WithHmacSHA256:N:salt:hash}).
 */
final class Pbkdf2 implements HashFamily {
    /** About three times the default of Django 5. */
    private static final int MAX_ITERATIONS = 3_000_000;

    private static final int MAX_KEY_BYTES = 128;
    private static final Map<String, String> DIGESTS = Map.of(
            "", "SHA1", "sha1", "SHA1", "sha224", "SHA224", "sha256", "SHA256", "sha384", "SHA384", "sha512", "SHA512");
    private static final Pattern DJANGO =
            Pattern.compile("pbkdf2_(sha\\d+)\\$(\\d{1,9})\\$([^$]+)\\$([A-Za-z0-9+/=]+)");
    private static final Pattern PASSLIB =
            Pattern.compile("\\$pbkdf2(?:-(sha\\d+))?\\$(\\d{1,9})\\$([A-Za-z0-9./]+)\\$([A-Za-z0-9./]+)");
    private static final Pattern JAKARTA =
            Pattern.compile("PBKDF2WithHmac(SHA\\d+):(\\d{1,9}):([A-Za-z0-9+/=]+):([A-Za-z0-9+/=]+)");

    /** From the beginning to the number of iterations, in any of the formats. */
    private static final Pattern KIND = Pattern.compile("\\$?[^$:]+[$:]\\d+");

    @Override
    public boolean recognises(String stored) {
        return stored.startsWith("pbkdf2_") || stored.startsWith("$pbkdf2") || stored.startsWith("PBKDF2WithHmac");
    }

    @Override
    public String kind(String stored) {
        Matcher start = KIND.matcher(stored);
        return start.lookingAt() ? start.group() : "";
    }

    @Override
    public boolean matches(String given, String stored) throws UnusableHashException {
        Matcher django = DJANGO.matcher(stored);
        if (django.matches()) {
            return matches(given, django, django.group(3).getBytes(StandardCharsets.UTF_8), base64(django.group(4)));
        }
        Matcher passlib = PASSLIB.matcher(stored);
        if (passlib.matches()) {
            return matches(given, passlib, adapted(passlib.group(3)), adapted(passlib.group(4)));
        }
        Matcher jakarta = JAKARTA.matcher(stored);
        if (jakarta.matches()) {
            return matches(given, jakarta, base64(jakarta.group(3)), base64(jakarta.group(4)));
        }
        throw damaged();
    }

    private static boolean matches(String given, Matcher parts, byte[] salt, byte[] key) throws UnusableHashException {
        String name = parts.group(1) == null ? "" : parts.group(1).toLowerCase(Locale.ROOT);
        String digest = DIGESTS.get(name);
        long iterations = Long.parseLong(parts.group(2));
        if (digest == null || iterations == 0 || key.length == 0 || key.length > MAX_KEY_BYTES) {
            throw damaged();
        }
        CostBound.within("number of PBKDF2 iterations", iterations, MAX_ITERATIONS);
        return MessageDigest.isEqual(derive(digest, given, salt, (int) iterations, key.length), key);
    }

    /** Returns the derived key. Digests are named as in {@code SHA256}. */
    static byte[] derive(String digest, String given, byte[] salt, int iterations, int bytes) {
        try {
            PBEKeySpec spec = new PBEKeySpec(given.toCharArray(), salt, iterations, bytes * Byte.SIZE);
            return SecretKeyFactory.getInstance("PBKDF2WithHmac" + digest)
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform has no PBKDF2 with " + digest, e);
        }
    }

    /** Decodes the Base64 of passlib, which has a dot instead of the plus and no padding. */
    private static byte[] adapted(String text) throws UnusableHashException {
        return base64(text.replace('.', '+'));
    }

    private static byte[] base64(String text) throws UnusableHashException {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw damaged();
        }
    }

    private static UnusableHashException damaged() {
        return new UnusableHashException("a stored PBKDF2 hash is damaged or of an unknown kind");
    }
}
