package org.wsnotify.token;

/** A token is not accepted. The message completes "a token was refused: " and has nothing of the token. */
final class TokenRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    TokenRefusedException(String why) {
        super(why);
    }
}
