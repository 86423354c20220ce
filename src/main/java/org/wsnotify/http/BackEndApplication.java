package org.wsnotify.http;

import jakarta.ws.rs.core.Application;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A path that back ends call, with its resources. Each path is an application of its own: one at {@code /} would hide
 * the static pages on both servers.
 */
abstract class BackEndApplication extends Application {

    private final Set<Class<?>> classes;

    BackEndApplication(Class<?>... resources) {
        this.classes = Stream.concat(Stream.of(resources), Stream.of(ProblemMapper.class))
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Set<Class<?>> getClasses() {
        return classes;
    }

    /** Keeps Payara from publishing a second description of the resources, in WADL. */
    @Override
    public Map<String, Object> getProperties() {
        return Map.of("jersey.config.server.wadl.disableWadl", true);
    }
}
