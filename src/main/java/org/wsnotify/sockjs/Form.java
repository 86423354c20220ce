package org.wsnotify.sockjs;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/** Decodes URL-encoded text of clients. Asking the container for a parameter would read the body too. */
final class Form {

    private static final Pattern CALLBACK = Pattern.compile("[a-zA-Z0-9_.-]{1,128}");

    private Form() {}

    /** Returns the first value of a name; empty if there is none or it is badly encoded. */
    static Optional<String> value(String form, String name) {
        if (form == null) {
            return Optional.empty();
        }
        for (String pair : form.split("&", -1)) {
            if (pair.startsWith(name + "=")) {
                return decode(pair.substring(name.length() + 1), true);
            }
        }
        return Optional.empty();
    }

    /** @param plus whether a plus is a space */
    static Optional<String> decode(String text, boolean plus) {
        try {
            return Optional.of(URLDecoder.decode(plus ? text : text.replace("+", "%2B"), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Returns whether a name is safe as a callback: it becomes part of a script. */
    static boolean isCallback(String name) {
        return CALLBACK.matcher(name).matches();
    }
}
