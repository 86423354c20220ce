package org.wsnotify.mail;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The content type of a mail: a media type {@code text/*} with its parameters (RFC 2045, 5.1).
 *
 * <p>Only the parameter {@code charset} is used here: Java must be able to encode it, and the default is UTF-8. The
 * others are passed on. Immutable.
 *
 * @param subtype the part after {@code text/}, in lower case
 * @param charset the charset of the text
 * @param others the other parameters, by lower-case name
 */
public record TextType(String subtype, Charset charset, Map<String, String> others) {

    /** The default of a mail with a text of its own. */
    public static final String HTML = "text/html; charset=UTF-8";

    /** The type of a mail that is made from the notification. */
    public static final String PLAIN = "text/plain; charset=UTF-8";

    /** In characters. */
    public static final int LONGEST = 128;

    private static final String TOKEN = "[A-Za-z0-9!#$%&'+^_`{|}~.-]+";
    private static final Pattern TYPE = Pattern.compile("(?i)text/(" + TOKEN + ")");
    private static final Pattern PARAMETER =
            Pattern.compile("[ \t]*;[ \t]*(" + TOKEN + ")=(?:(" + TOKEN + ")|\"([ !#-\\[\\]-~]*)\")");

    public TextType {
        others = Map.copyOf(others);
    }

    /** Returns the content type; empty if a mail cannot have it. */
    public static Optional<TextType> parse(String text) {
        String trimmed = text.strip();
        Matcher type = TYPE.matcher(trimmed);
        if (text.length() > LONGEST || !HeaderText.isOneLine(text) || !type.lookingAt()) {
            return Optional.empty();
        }
        return parameters(trimmed.substring(type.end()))
                .flatMap(parameters -> withCharset(type.group(1).toLowerCase(Locale.ROOT), parameters));
    }

    /** Whether a mail can have this content type. */
    public static boolean isValid(String text) {
        return parse(text).isPresent();
    }

    /** Returns this type, with UTF-8 if its charset cannot encode the content. */
    public TextType fitFor(String content) {
        return charset.newEncoder().canEncode(content) ? this : new TextType(subtype, StandardCharsets.UTF_8, others);
    }

    /** Returns the value of the {@code Content-Type} header. */
    public String header() {
        String rest = new TreeMap<>(others)
                .entrySet().stream()
                        .map(other -> "; " + other.getKey() + "=" + quoted(other.getValue()))
                        .collect(Collectors.joining());
        return "text/" + subtype + "; charset=" + charset.name() + rest;
    }

    private static Optional<TextType> withCharset(String subtype, Map<String, String> parameters) {
        String name = parameters.getOrDefault("charset", StandardCharsets.UTF_8.name());
        parameters.remove("charset");
        try {
            return Optional.of(Charset.forName(name))
                    .filter(Charset::canEncode)
                    .map(charset -> new TextType(subtype, charset, parameters));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return Optional.empty();
        }
    }

    private static Optional<Map<String, String>> parameters(String text) {
        Map<String, String> parameters = new TreeMap<>();
        Matcher parameter = PARAMETER.matcher(text);
        int end = 0;
        while (end < text.length()) {
            if (!parameter.find(end) || parameter.start() != end) {
                return Optional.empty();
            }
            String value = parameter.group(2) != null ? parameter.group(2) : parameter.group(3);
            if (parameters.put(parameter.group(1).toLowerCase(Locale.ROOT), value) != null) {
                return Optional.empty();
            }
            end = parameter.end();
        }
        return Optional.of(parameters);
    }

    private static String quoted(String value) {
        return value.matches(TOKEN) ? value : "\"" + value + "\"";
    }
}
