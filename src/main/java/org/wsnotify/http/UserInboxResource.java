package org.wsnotify.http;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.Providers;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.wsnotify.inbox.Inbox;
import org.wsnotify.problem.ProblemCode;

/**
 * The inbox of a user, for back ends that show it or change it on the user's behalf. Changes are told to all devices. One
 * object serves all requests, as with {@link NotifyResource}.
 */
@Path("")
@ApplicationScoped
@WaitsForStore
public class UserInboxResource {

    @Inject
    Inbox inbox;

    @Inject
    PublisherAccess access;

    @Context
    HttpHeaders headers;

    @Context
    UriInfo uri;

    @Context
    Providers providers;

    /** Returns a page of what the bell of a user shows, newest first, with the counts. */
    @GET
    @Path("{id}/notifications")
    public Response notifications(@PathParam("id") String id) {
        CallerRequest.check(headers, uri, access);
        String user = PathUser.read(id, uri.getRequestUri());
        InboxQuery query =
                InboxQuery.read(ParameterReader.query(uri.getRequestUri().getRawQuery()));
        return InboxAnswer.page(inbox.read(user, query.before(), query.unseen(), query.limit()), inbox.counts(user));
    }

    /** Returns how many notifications a user has not seen. */
    @GET
    @Path("{id}/counts")
    public Response counts(@PathParam("id") String id) {
        CallerRequest.check(headers, uri, access);
        return InboxAnswer.counts(inbox.counts(PathUser.read(id, uri.getRequestUri())));
    }

    /** Marks notifications seen, or all of them. */
    @POST
    @Path("{id}/seen")
    public Response seen(@PathParam("id") String id, InputStream body) {
        ChosenNotifications chosen = chosen(body, true);
        String user = PathUser.read(id, uri.getRequestUri());
        if (chosen.all()) {
            inbox.markAllSeen(user, Optional.empty());
            return InboxAnswer.counts(inbox.counts(user));
        }
        return changed(user, inbox.markSeen(user, chosen.ids()));
    }

    /** Deletes notifications. */
    @POST
    @Path("{id}/delete")
    public Response delete(@PathParam("id") String id, InputStream body) {
        ChosenNotifications chosen = chosen(body, false);
        String user = PathUser.read(id, uri.getRequestUri());
        return changed(user, inbox.delete(user, chosen.ids()));
    }

    private ChosenNotifications chosen(InputStream body, boolean mayBeAll) {
        Parameters parameters = CallerRequest.read(
                        body, headers, uri, providers, BodyBounds.forUsers(ChosenNotifications.MOST), access)
                .parameters();
        return ChosenNotifications.read(parameters, PathUser.inQuery(uri.getRequestUri()), mayBeAll);
    }

    /** An id of another user is answered like one that does not exist. */
    private Response changed(String user, List<String> own) {
        if (own.isEmpty()) {
            throw new ProblemException(ProblemCode.NOT_FOUND, ProblemCode.NOT_FOUND.meaning());
        }
        return InboxAnswer.changed(own, inbox.counts(user));
    }
}
