package org.wsnotify.http;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;
import java.util.Set;

/** The resources under {@code /users}; see {@link NotifyApplication}. */
@ApplicationPath("/users")
public class UsersApplication extends Application {

    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(UserSessionsResource.class, ProblemMapper.class);
    }

    @Override
    public Map<String, Object> getProperties() {
        return Map.of("jersey.config.server.wadl.disableWadl", true);
    }
}
