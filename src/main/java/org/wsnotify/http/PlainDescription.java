package org.wsnotify.http;

import java.util.Map;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;

/**
 * Keeps the OpenAPI description as it is written: Payara adds a root member {@code endpoints}, which OpenAPI 3.0 does
 * not define and validators refuse.
 *
 * <p>{@code microprofile-config.properties} names this class. The server creates and calls it.
 */
public class PlainDescription implements OASFilter {

    private static final System.Logger LOG = System.getLogger(PlainDescription.class.getName());

    /** The models of other servers have no such member. */
    @Override
    public void filterOpenAPI(OpenAPI description) {
        try {
            description.getClass().getMethod("setEndpoints", Map.class).invoke(description, Map.of());
        } catch (ReflectiveOperationException e) {
            LOG.log(System.Logger.Level.DEBUG, "the description has no endpoints: {0}", e.toString());
        }
    }
}
