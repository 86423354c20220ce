package org.wsnotify.http;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;
import org.wsnotify.delivery.ScheduleStore;
import org.wsnotify.delivery.ScheduledPublication;
import org.wsnotify.operator.Stories;
import org.wsnotify.problem.ProblemCode;

/**
 * {@code GET /notifications/{id}}: what became of a notification. One object serves all requests, as with
 * {@link NotifyResource}.
 */
@Path("")
@ApplicationScoped
@WaitsForStore
public class StoryResource {

    @Inject
    Stories stories;

    @Inject
    ScheduleStore schedule;

    @Inject
    PublisherAccess access;

    @Context
    HttpHeaders headers;

    @Context
    UriInfo uri;

    /** Returns the story of a notification, or when it will be delivered. */
    @GET
    @Path("{id}")
    public Response story(@PathParam("id") String id) {
        CallerRequest.check(headers, uri, access);
        Optional<Stories.Story> story = stories.of(id);
        if (story.isPresent()) {
            return InboxAnswer.of(json -> StoryJson.write(json, story.get()));
        }
        ScheduledPublication scheduled = schedule.find(id)
                .orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND, ProblemCode.NOT_FOUND.meaning()));
        return InboxAnswer.of(json ->
                ScheduledJson.write(json, scheduled, scheduled.recipients().get(0)));
    }
}
