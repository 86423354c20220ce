package org.wsnotify.http;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.wsnotify.inbox.Devices;

/**
 * {@code DELETE /users/{id}/sessions}, called by back ends that have signed a user out. One object serves all requests,
 * as with {@link NotifyResource}.
 */
@Path("")
@ApplicationScoped
@WaitsForStore
public class UserSessionsResource {

    @Inject
    Devices devices;

    @Inject
    PublisherAccess access;

    @Context
    HttpHeaders headers;

    @Context
    UriInfo uri;

    /** Ends the sessions of a user, those on other servers a moment later. Tokens stay valid until they expire. */
    @DELETE
    @Path("{id}/sessions")
    public Response end(@PathParam("id") String id) {
        CallerRequest.check(headers, uri, access);
        devices.endSessions(PathUser.read(id, uri.getRequestUri()));
        return Response.noContent().build();
    }
}
