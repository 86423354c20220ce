package org.wsnotify.password;

import java.util.Arrays;
import java.util.Locale;

/** How the passwords of a users' table are to be read. */
public enum PasswordFormat {
    /** Hashes, told apart by the prefix of each stored value. A value without a known prefix lets nobody in. */
    AUTO,

    /**
     * The very text that the client sends, whatever it is: clients of the earlier server send the SHA-512 of the
     * password in hex, and that is what their table holds.
     */
    PLAIN;

    /**
     * Reads the setting, in upper or lower case.
     *
     * @throws IllegalArgumentException it is none of these; the message says which there are
     */
    public static PasswordFormat of(String setting) {
        return Arrays.stream(values())
                .filter(format -> format.setting().equals(setting.strip().toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "the password format must be auto or plain, not \"" + setting + "\""));
    }

    /** How the setting is written. */
    public String setting() {
        return name().toLowerCase(Locale.ROOT);
    }
}
