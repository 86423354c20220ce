package org.wsnotify.login;

import java.util.Optional;

/** Lets nobody in and says why: what stands in until an installer has configured where users are kept. */
public final class NobodyAuthenticator implements Authenticator {
    private final String reason;

    /** With a reason that names the setting to change. */
    public NobodyAuthenticator(String reason) {
        this.reason = reason;
    }

    @Override
    public Optional<String> authenticate(Credentials credentials) {
        throw new LoginUnavailableException(reason);
    }

    @Override
    public String description() {
        return "nowhere";
    }
}
