package org.wsnotify.http;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.wsnotify.delivery.ScheduleStore;
import org.wsnotify.erasure.UserDataStore;
import org.wsnotify.erasure.UserErasure;
import org.wsnotify.mail.EmailAddress;
import org.wsnotify.story.StoryStore;

/**
 * Everything about a user: given out, or erased. One object serves all requests, as with {@link NotifyResource}.
 */
@Path("")
@ApplicationScoped
@WaitsForStore
public class UserResource {

    private static final String EMAIL = "email";
    private static final Set<String> NAMES = Set.of(EMAIL, PathUser.PARAMETER, ShownKey.PARAMETER);
    private static final int MOST_FAULTS = 10;

    @Inject
    UserErasure erasure;

    @Inject
    UserDataStore data;

    @Inject
    ScheduleStore schedule;

    @Inject
    StoryStore stories;

    @Inject
    PublisherAccess access;

    @Context
    HttpHeaders headers;

    @Context
    UriInfo uri;

    /** Erases a user. Repeating it is safe. */
    @DELETE
    @Path("{id}")
    public Response erase(@PathParam("id") String id) {
        CallerRequest.check(headers, uri, access);
        String user = PathUser.read(id, uri.getRequestUri());
        UserErasure.Receipt receipt = erasure.erase(user, email().map(List::of).orElse(List.of()));
        return InboxAnswer.of(json -> json.write("sessions", receipt.sessions())
                .write("notifications", receipt.notifications())
                .write("scheduled", receipt.scheduled())
                .write("mails", receipt.mails())
                .write("mailFiles", receipt.mailFiles()));
    }

    /** Returns the address that only files of mails may still have. */
    private Optional<String> email() {
        Parameters query = ParameterReader.query(uri.getRequestUri().getRawQuery());
        Faults faults = new Faults(MOST_FAULTS);
        query.formNames().stream().filter(name -> !NAMES.contains(name)).forEach(faults::unknown);
        Optional<String> email = query.text(EMAIL);
        if (email.filter(address -> !EmailAddress.isValid(address)).isPresent()) {
            faults.wrong(EMAIL, "must be an e-mail address");
        }
        faults.refuseIfAny();
        return email;
    }

    /** Returns everything that is stored about a user. The answer is written while it is read. */
    @GET
    @Path("{id}/export")
    public Response export(@PathParam("id") String id) {
        CallerRequest.check(headers, uri, access);
        String user = PathUser.read(id, uri.getRequestUri());
        UserExport export = UserExport.begin(user, data, schedule, stories);
        StreamingOutput output = export::write;
        return Response.ok(output, MediaType.APPLICATION_JSON_TYPE)
                .header("Cache-Control", "no-store")
                .header("Content-Disposition", "attachment; filename=\"notifications.json\"")
                .build();
    }
}
