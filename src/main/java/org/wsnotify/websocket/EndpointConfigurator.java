package org.wsnotify.websocket;

import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Lets CDI create the endpoint. Open Liberty injects nothing into an endpoint with a custom configurator otherwise. Safe
 * for use by many threads.
 */
public class EndpointConfigurator extends ServerEndpointConfig.Configurator {

    /** By the class of an endpoint. To find the bean takes longer than to create the endpoint. */
    private final Map<Class<?>, Instance<?>> endpoints = new ConcurrentHashMap<>();

    @Override
    public <T> T getEndpointInstance(Class<T> endpoint) {
        return endpoint.cast(endpoints
                .computeIfAbsent(endpoint, type -> CDI.current().select(type))
                .get());
    }

    /** Accepts every origin: the access filter has checked it, and knows the Host header. */
    @Override
    public boolean checkOrigin(String origin) {
        return true;
    }
}
