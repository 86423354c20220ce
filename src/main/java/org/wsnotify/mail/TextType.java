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
 * <p>Of the parameters only {@code charset} means something here: it must be one that this Java can write, and is UTF-8
 * when it is not given. The others are passed on.
 *
 * @param subtype what stands behind {@code text/}, in lower case
 * @param charset how the text is written
 * @param others the other parameters, by name in lower case
 */
public record TextType(String subtype, Charset charset, Map<String, String> others) {

    private static final int LONGEST = 200;
    private static final String TOKEN = "[A-Za-z0-9!#$%&'+^_`{|}~.-]+";
    private static final Pattern TYPE = Pattern.compile("(?i)text/(" + TOKEN + ")");
    private static final Pattern PARAMETER =
            Pattern.compile("[ \t]*;[ \t]*(" + TOKEN + ")=(?:(" + TOKEN + ")|\"([ !#-\\[\\]-~]*)\")");

    public TextType {
        others = Map.copyOf(others);
    }

    /** The content type, if it is one that a mail can have. */
    public static Optional<TextType> parse(String text) {
        String trimmed = text.strip();
        Matcher type = TYPE.matcher(trimmed);
        if (text.length() > LONGEST || !isOneLine(text) || !type.lookingAt()) {
            return Optional.empty();
        }
        return parameters(trimmed.substring(type.end()))
                .flatMap(parameters -> withCharset(type.group(1).toLowerCase(Locale.ROOT), parameters));
    }

    /** Whether a mail can have this content type. */
    public static boolean isValid(String text) {
        return parse(text).isPresent();
    }

    /** This type, or the same with UTF-8 when its charset cannot write all of the content. */
    public TextType fitFor(String content) {
        return charset.newEncoder().canEncode(content) ? this : new TextType(subtype, StandardCharsets.UTF_8, others);
    }

    /** The value of the {@code Content-Type} header. */
    public String header() {
        String rest = new TreeMap<>(others)
                .entrySet().stream()
                        .map(other -> "; " + other.getKey() + "=" + quoted(other.getValue()))
                        .collect(Collectors.joining());
        return "text/" + subtype + "; charset=" + charset.name() + rest;
    }

    private static boolean isOneLine(String text) {
        return text.indexOf('\r') < 0 && text.indexOf('\n') < 0;
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
