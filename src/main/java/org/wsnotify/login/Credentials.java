package org.wsnotify.login;

/**
 * What a client logs in with, as the client sent it.
 *
 * <p>Today these are {@link PasswordCredentials} and {@link TokenCredentials}. Other kinds may follow: an
 * {@link Authenticator} tests for the kinds it knows with {@code instanceof} and refuses all others. Credentials are
 * never logged.
 */
public sealed interface Credentials permits PasswordCredentials, TokenCredentials {

    /**
     * Returns whom the client claims to be, before anything is checked. Failed logins are counted by it, and checks are
     * shared out by it.
     */
    String subject();

    /** Returns whether a check can succeed at all. Others are refused without asking the {@link Authenticator}. */
    boolean isWellFormed();

    /** Returns whether somebody could guess them. Then failed logins are counted, and limited. */
    boolean isGuessable();
}
