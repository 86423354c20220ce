package org.wsnotify.http;

import jakarta.ws.rs.ApplicationPath;

/** The resources under {@code /notifications}. */
@ApplicationPath("/notifications")
public class NotificationsApplication extends BackEndApplication {

    public NotificationsApplication() {
        super(NotificationRetractionResource.class, StoryResource.class);
    }
}
