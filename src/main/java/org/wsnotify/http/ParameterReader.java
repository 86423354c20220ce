package org.wsnotify.http;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParser;
import jakarta.ws.rs.core.EntityPart;
import jakarta.ws.rs.core.GenericType;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.Providers;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.lang.annotation.Annotation;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads the parameters of a request from its query and from a body of any of the three content types, up to a size. */
final class ParameterReader {

    private static final String JSON = "json";
    private static final GenericType<List<EntityPart>> PARTS = new GenericType<>() {};

    private final Providers providers;
    private final long mostBytes;

    /** @param mostBytes of a body */
    ParameterReader(Providers providers, long mostBytes) {
        this.providers = providers;
        this.mostBytes = mostBytes;
    }

    Parameters read(HttpHeaders headers, MultivaluedMap<String, String> query, InputStream body) {
        byte[] bytes = bytes(headers, body);
        Parameters parameters = new Parameters();
        if (bytes.length > 0) {
            readBody(headers, bytes, parameters);
        }
        query.forEach((name, values) -> parameters.add(name, values.get(0)));
        return parameters;
    }

    private void readBody(HttpHeaders headers, byte[] bytes, Parameters parameters) {
        MediaType type = headers.getMediaType();
        if (MediaType.APPLICATION_FORM_URLENCODED_TYPE.isCompatible(type)) {
            form(text(bytes, type), parameters);
        } else if (MediaType.MULTIPART_FORM_DATA_TYPE.isCompatible(type)) {
            multipart(headers, bytes, parameters);
        } else if (type != null
                && type.getType().equals("application")
                && (type.getSubtype().equals(JSON) || type.getSubtype().endsWith("+json"))) {
            parameters.add(object(text(bytes, type)));
        } else {
            throw Problem.of(
                    415,
                    "unsupported-media-type",
                    "Send application/x-www-form-urlencoded, multipart/form-data or application/json.");
        }
    }

    private byte[] bytes(HttpHeaders headers, InputStream body) {
        String length = headers.getHeaderString(HttpHeaders.CONTENT_LENGTH);
        if (length != null && length.length() > String.valueOf(mostBytes).length()) {
            throw tooLarge();
        }
        try {
            byte[] bytes = body == null ? new byte[0] : body.readNBytes((int) mostBytes + 1);
            if (bytes.length > mostBytes) {
                throw tooLarge();
            }
            return bytes;
        } catch (IOException e) {
            throw Problem.of(400, "bad-body", "The body could not be read to its end.");
        }
    }

    private Problem tooLarge() {
        return Problem.of(413, "body-too-large", "A body has at most " + mostBytes + " bytes.");
    }

    private static void form(String text, Parameters parameters) {
        for (String pair : text.split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            parameters.add(decode(name), equals < 0 ? "" : decode(pair.substring(equals + 1)));
        }
    }

    private static String decode(String text) {
        try {
            String decoded = URLDecoder.decode(text, StandardCharsets.UTF_8);
            if (decoded.indexOf('\uFFFD') >= 0 && !text.contains("%EF%BF%BD") && text.indexOf('\uFFFD') < 0) {
                throw badForm();
            }
            return decoded;
        } catch (IllegalArgumentException e) {
            throw badForm();
        }
    }

    private static Problem badForm() {
        return Problem.of(400, "bad-form", "The form is not application/x-www-form-urlencoded in UTF-8.");
    }

    private void multipart(HttpHeaders headers, byte[] bytes, Parameters parameters) {
        try {
            MediaType type = headers.getMediaType();
            @SuppressWarnings("unchecked") // the provider is asked for this very type
            MessageBodyReader<List<EntityPart>> reader = (MessageBodyReader<List<EntityPart>>) (MessageBodyReader<?>)
                    providers.getMessageBodyReader(PARTS.getRawType(), PARTS.getType(), new Annotation[0], type);
            @SuppressWarnings("unchecked")
            Class<List<EntityPart>> raw = (Class<List<EntityPart>>) PARTS.getRawType();
            for (EntityPart part : reader.readFrom(
                    raw,
                    PARTS.getType(),
                    new Annotation[0],
                    type,
                    headers.getRequestHeaders(),
                    new ByteArrayInputStream(bytes))) {
                try (InputStream content = part.getContent()) {
                    parameters.add(part.getName(), text(content.readAllBytes(), typeOf(part)));
                }
            }
        } catch (Problem e) {
            throw e;
        } catch (IOException | RuntimeException e) { // implementations differ in what they throw for a broken body
            throw Problem.of(400, "bad-multipart", "The body is not well-formed multipart/form-data.");
        }
    }

    /** As it is written: for a part without one, Open Liberty tells a type in ASCII that nobody named. */
    private static MediaType typeOf(EntityPart part) {
        return part.getHeaders().entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(HttpHeaders.CONTENT_TYPE))
                .map(header -> MediaType.valueOf(header.getValue().get(0)))
                .findFirst()
                .orElse(null);
    }

    static JsonObject object(String text) {
        if (json(text) instanceof JsonObject object) {
            return object;
        }
        throw Problem.of(400, "bad-json", "The body is not a JSON object.");
    }

    /** Reads any JSON text. */
    static JsonValue json(String text) {
        try (JsonParser parser = Json.createParser(new StringReader(text))) {
            parser.next();
            JsonValue value = parser.getValue();
            if (parser.hasNext()) { // something behind the value
                parser.next();
            }
            return value;
        } catch (RuntimeException e) { // a parser may throw more than JsonException for hostile text
            throw Problem.of(400, "bad-json", "That is not well-formed JSON.");
        }
    }

    private static String text(byte[] bytes, MediaType type) {
        try {
            String name = type == null ? null : type.getParameters().get(MediaType.CHARSET_PARAMETER);
            Charset charset = name == null ? StandardCharsets.UTF_8 : Charset.forName(name);
            return charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException | IllegalArgumentException | UnsupportedOperationException e) {
            throw Problem.of(400, "bad-charset", "The body is not text in the charset that it names, or UTF-8.");
        }
    }
}
