package org.wsnotify.websocket;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.websocket.server.ServerEndpointConfig;

/** Lets CDI make the endpoint: with a configurator of one's own, Open Liberty injects nothing otherwise. */
public class EndpointConfigurator extends ServerEndpointConfig.Configurator {

    @Override
    public <T> T getEndpointInstance(Class<T> endpoint) {
        return CDI.current().select(endpoint).get();
    }

    /** Origins are checked at the entrance, where the Host header is known. */
    @Override
    public boolean checkOrigin(String origin) {
        return true;
    }
}
