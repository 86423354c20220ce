package org.wsnotify.form;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Percent-encoding (RFC 3986, 2.1) of text in UTF-8. */
public final class PercentEncoding {

    private static final int HEX = 16;

    private PercentEncoding() {}

    /**
     * Decodes a text strictly. {@code URLDecoder} and the servers replace invalid bytes, and the replacement would be
     * stored.
     *
     * @throws MalformedFormException a percent sign is not followed by two hexadecimal digits, or the bytes are not
     *     UTF-8
     */
    public static String decode(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        check(text);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes(text)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedFormException("The text is not UTF-8 after its percent signs are decoded.");
        }
    }

    /**
     * Checks that two hexadecimal digits follow each percent sign.
     *
     * @throws MalformedFormException they do not
     */
    public static void check(String text) {
        for (int at = text.indexOf('%'); at >= 0; at = text.indexOf('%', at + 1)) {
            if (at + 2 >= text.length() || !isHex(text.charAt(at + 1)) || !isHex(text.charAt(at + 2))) {
                throw new MalformedFormException("A percent sign is not followed by two hexadecimal digits.");
            }
        }
    }

    /** {@link Character#digit} alone would take the digits of other scripts too. */
    private static boolean isHex(char c) {
        return c < 0x80 && Character.digit(c, HEX) >= 0;
    }

    private static byte[] bytes(String text) {
        byte[] given = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream decoded = new ByteArrayOutputStream(given.length);
        for (int i = 0; i < given.length; i++) {
            if (given[i] == '%') {
                decoded.write(Character.digit(given[i + 1], HEX) * HEX + Character.digit(given[i + 2], HEX));
                i += 2;
            } else {
                decoded.write(given[i]);
            }
        }
        return decoded.toByteArray();
    }
}
