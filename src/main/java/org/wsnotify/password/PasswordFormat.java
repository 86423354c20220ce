package org.wsnotify.password;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * How the passwords of a users' table are stored: the values of the setting {@value #SETTING}, its default and their
 * meaning.
 */
public enum PasswordFormat {
    /** Hashes, recognised by the prefix of each stored value. A value without a known prefix refuses the login. */
    AUTO("a hash, recognized by its prefix"),

    /**
     * Exactly the text that the client sends: clients of the earlier server send the SHA-512 of the password in
     * hexadecimal digits, and their table holds the same.
     */
    PLAIN("the text that the client sends");

    /** The name of the setting. */
    public static final String SETTING = "notification.login.password-format";

    /** The format if the setting is not given. */
    public static final PasswordFormat DEFAULT = AUTO;

    private final String meaning;

    PasswordFormat(String meaning) {
        this.meaning = meaning;
    }

    /**
     * Reads the setting, in upper or lower case.
     *
     * @throws IllegalArgumentException the value is not a format; the message lists the formats
     */
    public static PasswordFormat of(String setting) {
        return Arrays.stream(values())
                .filter(format -> format.setting().equals(setting.strip().toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the password format must be "
                        + String.join(" or ", settings()) + ", not \"" + setting + "\""));
    }

    /** Returns the values of the setting. */
    public static String[] settings() {
        return Arrays.stream(values()).map(PasswordFormat::setting).toArray(String[]::new);
    }

    /** Returns the values of the setting with their meaning, in Markdown. */
    public static String meanings() {
        return Arrays.stream(values())
                .map(format -> "`" + format.setting() + "`: " + format.meaning)
                .collect(Collectors.joining(". "));
    }

    /** Returns the value of the setting. */
    public String setting() {
        return name().toLowerCase(Locale.ROOT);
    }
}
