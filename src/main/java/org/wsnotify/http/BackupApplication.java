package org.wsnotify.http;

import jakarta.ws.rs.ApplicationPath;

/** The resource {@code /backup}. */
@ApplicationPath("/backup")
public class BackupApplication extends BackEndApplication {

    public BackupApplication() {
        super(BackupResource.class);
    }
}
