package org.wsnotify.http;

import jakarta.ws.rs.ApplicationPath;

/** The resources under {@code /users}. */
@ApplicationPath("/users")
public class UsersApplication extends BackEndApplication {

    public UsersApplication() {
        super(UserSessionsResource.class, UserInboxResource.class, UserResource.class);
    }
}
