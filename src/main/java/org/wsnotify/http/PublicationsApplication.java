package org.wsnotify.http;

import jakarta.ws.rs.ApplicationPath;

/** The resources under {@code /publications}. */
@ApplicationPath("/publications")
public class PublicationsApplication extends BackEndApplication {

    public PublicationsApplication() {
        super(PublicationRetractionResource.class);
    }
}
