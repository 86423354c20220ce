package org.wsnotify.http;

import jakarta.ws.rs.ApplicationPath;

/** The resource {@code /notify}. */
@ApplicationPath("/notify")
public class NotifyApplication extends BackEndApplication {

    public NotifyApplication() {
        super(NotifyResource.class);
    }
}
