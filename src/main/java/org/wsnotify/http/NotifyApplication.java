package org.wsnotify.http;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;
import java.util.Set;

/** The resources under {@code /notify}; at {@code /} they would hide the static pages on both servers. */
@ApplicationPath("/notify")
public class NotifyApplication extends Application {

    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(NotifyResource.class, ProblemMapper.class);
    }

    /** Keeps Payara from publishing a second description of the resources, in WADL. */
    @Override
    public Map<String, Object> getProperties() {
        return Map.of("jersey.config.server.wadl.disableWadl", true);
    }
}
