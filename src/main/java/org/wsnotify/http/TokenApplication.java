package org.wsnotify.http;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;
import java.util.Set;

/** The resource {@code /token}; see {@link NotifyApplication}. */
@ApplicationPath("/token")
public class TokenApplication extends Application {

    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(TokenResource.class, ProblemMapper.class);
    }

    @Override
    public Map<String, Object> getProperties() {
        return Map.of("jersey.config.server.wadl.disableWadl", true);
    }
}
