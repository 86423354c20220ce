package org.wsnotify.websocket;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.websocket.server.ServerEndpointConfig;

/** Lets CDI create the endpoint. Open Liberty injects nothing into an endpoint with a custom configurator otherwise. */
public class EndpointConfigurator extends ServerEndpointConfig.Configurator {

    @Override
    public <T> T getEndpointInstance(Class<T> endpoint) {
        return CDI.current().select(endpoint).get();
    }

    /** Accepts every origin: the access filter has checked it, and knows the Host header. */
    @Override
    public boolean checkOrigin(String origin) {
        return true;
    }
}
