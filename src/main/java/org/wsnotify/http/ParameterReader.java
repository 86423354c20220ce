package org.wsnotify.http;

import jakarta.json.Json;
import jakarta.json.JsonConfig;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParserFactory;
import jakarta.ws.rs.core.EntityPart;
import jakarta.ws.rs.core.GenericType;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.Providers;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.lang.annotation.Annotation;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Reads the parameters of a request from its query and from a body of any of the three content types, up to a size. */
final class ParameterReader {

    private static final String JSON = "json";
    private static final JsonReaderFactory UNIQUE_NAMES =
            Json.createReaderFactory(Map.of(JsonConfig.KEY_STRATEGY, JsonConfig.KeyStrategy.NONE));
    private static final JsonParserFactory PARSERS = Json.createParserFactory(Map.of());
    private static final GenericType<List<EntityPart>> PARTS = new GenericType<>() {};

    private final Providers providers;
    private final long mostBytes;

    /** @param mostBytes of a body */
    ParameterReader(Providers providers, long mostBytes) {
        this.providers = providers;
        this.mostBytes = mostBytes;
    }

    /** Reads the query, which is text as a form is. */
    static Parameters query(URI request) {
        try {
            String query = request.getRawQuery();
            return query == null ? new Parameters() : FormText.read(query);
        } catch (IllegalArgumentException e) {
            throw Problem.of(ProblemCode.BAD_QUERY, "The query is not application/x-www-form-urlencoded in UTF-8.");
        }
    }

    Parameters body(HttpHeaders headers, InputStream body) {
        byte[] bytes = bytes(headers, body);
        if (bytes.length == 0) {
            return new Parameters();
        }
        MediaType type = headers.getMediaType();
        if (MediaType.APPLICATION_FORM_URLENCODED_TYPE.isCompatible(type)) {
            return form(text(bytes, type));
        }
        if (MediaType.MULTIPART_FORM_DATA_TYPE.isCompatible(type)) {
            return multipart(headers, bytes);
        }
        if (type != null
                && type.getType().equals("application")
                && (type.getSubtype().equals(JSON) || type.getSubtype().endsWith("+json"))) {
            Parameters parameters = new Parameters();
            parameters.add(object(text(bytes, type)));
            return parameters;
        }
        throw Problem.of(
                ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                "Send application/x-www-form-urlencoded, multipart/form-data or application/json.");
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
            throw Problem.of(ProblemCode.BAD_BODY, "The body could not be read to its end.");
        }
    }

    private Problem tooLarge() {
        return Problem.of(ProblemCode.BODY_TOO_LARGE, "A body has at most " + mostBytes + " bytes.");
    }

    private static Parameters form(String text) {
        try {
            return FormText.read(text);
        } catch (IllegalArgumentException e) {
            throw Problem.of(ProblemCode.BAD_FORM, "The form is not application/x-www-form-urlencoded in UTF-8.");
        }
    }

    /** A part that is a file counts like any other, by its text; one without a name is an error (RFC 7578, 4.2). */
    private Parameters multipart(HttpHeaders headers, byte[] bytes) {
        Parameters parameters = new Parameters();
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
                String name = Objects.requireNonNull(part.getName(), "name");
                try (InputStream content = part.getContent()) {
                    parameters.add(name, text(content.readAllBytes(), typeOf(part)));
                }
            }
            return parameters;
        } catch (Problem e) {
            throw e;
        } catch (IOException | RuntimeException e) { // implementations differ in what they throw for a broken body
            throw Problem.of(ProblemCode.BAD_MULTIPART, "The body is not well-formed multipart/form-data.");
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
        throw Problem.of(ProblemCode.BAD_JSON, "The body is not a JSON object.");
    }

    /** Reads any JSON text in which no object has a name twice: parsers differ in which of the two they take (RFC 8259, 4). */
    static JsonValue json(String text) {
        try (JsonReader reader = UNIQUE_NAMES.createReader(new StringReader(text));
                JsonParser all = PARSERS.createParser(new StringReader(text))) {
            JsonValue value = reader.readValue();
            while (all.hasNext()) { // a reader does not look behind the value
                all.next();
            }
            return value;
        } catch (RuntimeException e) { // a parser may throw more than JsonException for hostile text
            throw Problem.of(ProblemCode.BAD_JSON, "That is not well-formed JSON, or has a name twice in one object.");
        }
    }

    private static String text(byte[] bytes, MediaType type) {
        try {
            String name = type == null ? null : type.getParameters().get(MediaType.CHARSET_PARAMETER);
            Charset charset = name == null ? StandardCharsets.UTF_8 : Charset.forName(name);
            return charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException | IllegalArgumentException | UnsupportedOperationException e) {
            throw Problem.of(ProblemCode.BAD_CHARSET, "The body is not text in the charset that it names, or UTF-8.");
        }
    }
}
