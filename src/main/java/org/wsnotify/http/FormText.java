package org.wsnotify.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Reads {@code application/x-www-form-urlencoded} in UTF-8, strictly: what is not well-formed is an error and not, as
 * with {@code URLDecoder} and with containers, a replacement character that would be stored.
 */
final class FormText {

    private FormText() {}

    /**
     * Reads a form, or the query of a URI.
     *
     * @throws IllegalArgumentException a percent sign is not followed by two hexadecimal digits, or what they say is
     *     not UTF-8
     */
    static Parameters read(String text) {
        Parameters parameters = new Parameters();
        for (String pair : text.split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            parameters.add(decode(name), equals < 0 ? "" : decode(pair.substring(equals + 1)));
        }
        return parameters;
    }

    private static String decode(String text) {
        if (text.indexOf('%') < 0) {
            return text.replace('+', ' ');
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes(text)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("not UTF-8", e);
        }
    }

    private static byte[] bytes(String text) {
        byte[] given = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream decoded = new ByteArrayOutputStream(given.length);
        for (int i = 0; i < given.length; i++) {
            if (given[i] != '%') {
                decoded.write(given[i] == '+' ? ' ' : given[i]);
            } else if (i + 2 < given.length) {
                decoded.write(HexFormat.fromHexDigit(given[i + 1]) << 4 | HexFormat.fromHexDigit(given[i + 2]));
                i += 2;
            } else {
                throw new IllegalArgumentException("half an escape at the end");
            }
        }
        return decoded.toByteArray();
    }
}
