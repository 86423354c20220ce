package org.wsnotify.sockjs;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.wsnotify.form.MalformedFormException;
import org.wsnotify.wire.AsciiJson;

/**
 * Reads the messages in the body of a request: an array of JSON strings, which {@code jsonp_send} may put into a form.
 */
final class MessageReader {

    private static final String FORM = "application/x-www-form-urlencoded";

    private MessageReader() {}

    static List<String> read(Request request, Transport transport, byte[] body) throws BadBodyException {
        String text = utf8(body);
        String payload = transport == Transport.JSONP_SEND && isForm(request) ? field(text) : text;
        if (payload.isEmpty()) {
            throw new BadBodyException("Payload expected.");
        }
        try {
            return AsciiJson.strings(payload);
        } catch (AsciiJson.NoStringsException e) {
            throw broken();
        }
    }

    private static String field(String form) throws BadBodyException {
        try {
            return Form.value(form, "d").orElse("");
        } catch (MalformedFormException e) {
            throw new BadBodyException(e.getMessage());
        }
    }

    private static boolean isForm(Request request) {
        return request.header("Content-Type")
                .filter(type -> type.toLowerCase(Locale.ROOT).startsWith(FORM))
                .isPresent();
    }

    private static String utf8(byte[] bytes) throws BadBodyException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw broken();
        }
    }

    private static BadBodyException broken() {
        return new BadBodyException("Broken JSON encoding.");
    }
}
