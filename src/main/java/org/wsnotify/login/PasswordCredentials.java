package org.wsnotify.login;

import java.util.Objects;

/**
 * A login with its password.
 *
 * @param login the name that the user typed, at most {@value #MAX_CHARACTERS} characters
 * @param password the password, or what the client made of it: clients of the earlier server send its SHA-512 in hex;
 *     at most {@value #MAX_CHARACTERS} characters
 */
public record PasswordCredentials(String login, String password) implements Credentials {

    /** The longest login or password that is checked. */
    public static final int MAX_CHARACTERS = 1024;

    public PasswordCredentials {
        Objects.requireNonNull(login, "login");
        Objects.requireNonNull(password, "password");
    }

    @Override
    public String subject() {
        return login;
    }

    /** An empty password is never right: some directories accept it as an anonymous login. */
    @Override
    public boolean isWellFormed() {
        return !login.isBlank()
                && !password.isEmpty()
                && login.length() <= MAX_CHARACTERS
                && password.length() <= MAX_CHARACTERS;
    }

    @Override
    public boolean isGuessable() {
        return true;
    }

    /** Returns a text without the login and the password. */
    @Override
    public String toString() {
        return "PasswordCredentials[...]";
    }
}
