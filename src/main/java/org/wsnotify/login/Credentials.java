package org.wsnotify.login;

import java.util.Objects;

/**
 * What somebody logs in with, as the client sent it. Neither is ever logged.
 *
 * @param login the name, at most {@value #MOST_CHARACTERS} characters
 * @param password the password or what the client made of it (clients of the earlier server send the SHA-512 in hex),
 *     at most {@value #MOST_CHARACTERS} characters
 */
public record Credentials(String login, String password) {

    /** The longest login or password that is looked at. */
    public static final int MOST_CHARACTERS = 1024;

    public Credentials {
        Objects.requireNonNull(login, "login");
        Objects.requireNonNull(password, "password");
    }

    /** Shows nothing. */
    @Override
    public String toString() {
        return "Credentials[...]";
    }
}
