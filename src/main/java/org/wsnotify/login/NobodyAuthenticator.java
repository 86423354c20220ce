package org.wsnotify.login;

import java.util.Optional;

/** Refuses every login and says why, as long as no users are configured. */
public final class NobodyAuthenticator implements Authenticator {
    private final String reason;

    /** @param reason names the setting to change, for the log */
    public NobodyAuthenticator(String reason) {
        this.reason = reason;
    }

    @Override
    public Optional<AuthenticatedUser> authenticate(Credentials credentials) {
        throw new LoginUnavailableException(reason);
    }

    @Override
    public String description() {
        return "nowhere";
    }
}
