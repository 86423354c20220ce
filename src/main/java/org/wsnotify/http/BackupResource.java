package org.wsnotify.http;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.Providers;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import org.wsnotify.operator.Backups;
import org.wsnotify.operator.Backups.BackupException;
import org.wsnotify.operator.Backups.BackupException.Reason;
import org.wsnotify.problem.ProblemCode;

/**
 * {@code POST /backup}, called by operators. One object serves all requests, as with {@link NotifyResource}.
 */
@Path("")
@ApplicationScoped
public class BackupResource {

    private static final Map<Reason, ProblemCode> CODES = Map.of(
            Reason.NOT_CONFIGURED, ProblemCode.BACKUP_NOT_CONFIGURED,
            Reason.NOT_SUPPORTED, ProblemCode.BACKUP_NOT_CONFIGURED,
            Reason.IN_PROGRESS, ProblemCode.BACKUP_IN_PROGRESS,
            Reason.FAILED, ProblemCode.BACKUP_FAILED);

    @Inject
    Backups backups;

    @Inject
    PublisherAccess access;

    @Context
    HttpHeaders headers;

    @Context
    UriInfo uri;

    @Context
    Providers providers;

    /** Makes a backup of the embedded store, and answers when it is complete. */
    @POST
    public Response backup(InputStream body) {
        CallerRequest.read(body, headers, uri, providers, BodyBounds.forUsers(1), access);
        try {
            Backups.Backup made = backups.make();
            BigDecimal seconds = BigDecimal.valueOf(made.took().toMillis()).movePointLeft(3);
            return InboxAnswer.of(json -> json.write("folder", made.folder())
                    .write("bytes", made.bytes())
                    .write("seconds", seconds.setScale(3, RoundingMode.HALF_UP)));
        } catch (BackupException e) {
            throw new ProblemException(CODES.get(e.reason()), e.getMessage());
        }
    }
}
