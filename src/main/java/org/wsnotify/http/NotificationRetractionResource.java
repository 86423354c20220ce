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
import org.wsnotify.retraction.Retraction;

/**
 * {@code DELETE /notifications/{id}}, called by back ends that take a notification back. One object serves all requests, as with
 * {@link NotifyResource}.
 */
@Path("")
@ApplicationScoped
@WaitsForStore
public class NotificationRetractionResource {

    @Inject
    Retraction retraction;

    @Inject
    PublisherAccess access;

    @Context
    HttpHeaders headers;

    @Context
    UriInfo uri;

    /** Takes it out of the inbox and off all devices. Mail that is still owed for it is not sent. */
    @DELETE
    @Path("{id}")
    public Response retract(@PathParam("id") String id) {
        CallerRequest.check(headers, uri, access);
        return RetractionAnswer.of(retraction.retract(id));
    }
}
