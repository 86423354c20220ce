package org.wsnotify.http;

import jakarta.json.Json;
import jakarta.json.JsonConfig;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonValue;
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
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.wsnotify.form.MalformedFormException;
import org.wsnotify.form.UrlEncodedForm;
import org.wsnotify.problem.ProblemCode;

/** Reads the parameters of a request from its query and from a body of any of the three content types. */
final class ParameterReader {

    private static final String JSON = "json";
    private static final JsonReaderFactory UNIQUE_NAMES =
            Json.createReaderFactory(Map.of(JsonConfig.KEY_STRATEGY, JsonConfig.KeyStrategy.NONE));
    private static final GenericType<List<EntityPart>> PARTS = new GenericType<>() {};

    private final Providers providers;
    private final BodyBounds bounds;

    ParameterReader(Providers providers, BodyBounds bounds) {
        this.providers = providers;
        this.bounds = bounds;
    }

    /** Whether a body is a form, urlencoded or multipart. */
    static boolean isForm(MediaType type) {
        return type != null
                && (MediaType.APPLICATION_FORM_URLENCODED_TYPE.isCompatible(type)
                        || MediaType.MULTIPART_FORM_DATA_TYPE.isCompatible(type));
    }

    /** Whether a content type is JSON, in any case (RFC 9110, 8.3.1). */
    private static boolean isJson(MediaType type) {
        if (type == null || !type.getType().equalsIgnoreCase("application")) {
            return false;
        }
        String subtype = type.getSubtype().toLowerCase(Locale.ROOT);
        return subtype.equals(JSON) || subtype.endsWith("+json");
    }

    /** Reads the query, which is encoded like a form. */
    static Parameters query(String query) {
        return query == null ? new Parameters() : urlEncoded(query, ProblemCode.BAD_QUERY);
    }

    /** @param body a body of bounded length */
    Parameters body(HttpHeaders headers, InputStream body) {
        byte[] bytes = bytes(body);
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
        if (isJson(type)) {
            Parameters parameters = new Parameters();
            parameters.add(object(text(bytes, type), bounds));
            return parameters;
        }
        throw new ProblemException(
                ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                "Send application/x-www-form-urlencoded, multipart/form-data or application/json.");
    }

    private static byte[] bytes(InputStream body) {
        try {
            return body == null ? new byte[0] : body.readAllBytes();
        } catch (IOException e) {
            throw new ProblemException(ProblemCode.BAD_BODY, ProblemCode.BAD_BODY.meaning());
        }
    }

    private Parameters form(String text) {
        if (!bounds.allowsForm(text)) {
            throw new ProblemException(
                    ProblemCode.BAD_FORM, "The form has more than " + bounds.values() + " parameters.");
        }
        return urlEncoded(text, ProblemCode.BAD_FORM);
    }

    private static Parameters urlEncoded(String text, ProblemCode malformed) {
        Parameters parameters = new Parameters();
        try {
            UrlEncodedForm.read(text, parameters::add);
            return parameters;
        } catch (MalformedFormException e) {
            throw new ProblemException(malformed, malformed.meaning() + " " + e.getMessage());
        }
    }

    /** Reads each part as text, files too. A part without a name is an error (RFC 7578, 4.2). */
    private Parameters multipart(HttpHeaders headers, byte[] bytes) {
        Parameters parameters = new Parameters();
        MediaType type = headers.getMediaType();
        BodyBounds.checkParts(bytes, type.getParameters().get("boundary"));
        try {
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
        } catch (ProblemException e) {
            throw e;
        } catch (IOException | RuntimeException e) { // implementations differ in what they throw for a broken body
            throw new ProblemException(ProblemCode.BAD_MULTIPART, "The body is not well-formed multipart/form-data.");
        }
    }

    /** Reads the header itself: for a part without a type, Open Liberty reports one in ASCII. */
    private static MediaType typeOf(EntityPart part) {
        return part.getHeaders().entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(HttpHeaders.CONTENT_TYPE))
                .map(header -> MediaType.valueOf(header.getValue().get(0)))
                .findFirst()
                .orElse(null);
    }

    static JsonObject object(String text, BodyBounds bounds) {
        if (json(text, bounds) instanceof JsonObject object) {
            return object;
        }
        throw new ProblemException(ProblemCode.BAD_JSON, "The body is not a JSON object.");
    }

    /**
     * Reads a JSON text. A name that occurs twice in one object is an error, because parsers differ in the value they
     * take (RFC 8259, 4).
     */
    static JsonValue json(String text, BodyBounds bounds) {
        try (JsonReader reader = UNIQUE_NAMES.createReader(new StringReader(text))) {
            bounds.checkJson(text);
            return reader.readValue();
        } catch (ProblemException e) {
            throw e;
        } catch (RuntimeException e) { // a parser may throw more than JsonException for hostile text
            throw new ProblemException(
                    ProblemCode.BAD_JSON, "The JSON is malformed, or an object has the same name twice.");
        }
    }

    private static String text(byte[] bytes, MediaType type) {
        try {
            String name = type == null ? null : type.getParameters().get(MediaType.CHARSET_PARAMETER);
            Charset charset = name == null ? StandardCharsets.UTF_8 : Charset.forName(name);
            return charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException | IllegalArgumentException | UnsupportedOperationException e) {
            throw new ProblemException(ProblemCode.BAD_CHARSET, ProblemCode.BAD_CHARSET.meaning());
        }
    }
}
