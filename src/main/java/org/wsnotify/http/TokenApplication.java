package org.wsnotify.http;

import jakarta.ws.rs.ApplicationPath;

/** The resource {@code /token}. */
@ApplicationPath("/token")
public class TokenApplication extends BackEndApplication {

    public TokenApplication() {
        super(TokenResource.class);
    }
}
