package org.wsnotify.http;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.Providers;
import java.io.InputStream;
import java.util.Optional;
import org.wsnotify.client.RemoteClient;
import org.wsnotify.problem.ProblemCode;

/**
 * The parameters of a request whose caller may publish, and the key that admitted it.
 *
 * @param key empty for a local caller if no keys are configured
 */
record CallerRequest(Parameters parameters, Optional<ApiKey> key) {

    /**
     * Reads a request and checks its key again: {@link BodyReceiver} has not seen one inside a form.
     *
     * @param body a body of bounded length
     * @throws ProblemException the caller may not do this, or the body is malformed
     */
    static CallerRequest read(
            InputStream body,
            HttpHeaders headers,
            UriInfo uri,
            Providers providers,
            BodyBounds bounds,
            PublisherAccess access) {
        refuseMatrixParameters(uri);
        Parameters query = ParameterReader.query(uri.getRequestUri().getRawQuery());
        Parameters parameters = new ParameterReader(providers, bounds).body(headers, body);
        Optional<String> shown = ShownKey.in(headers::getHeaderString, query)
                .or(() -> ParameterReader.isForm(headers.getMediaType())
                        ? parameters.text(ShownKey.PARAMETER)
                        : Optional.empty());
        Optional<ApiKey> key = access.check(shown, RemoteClient.parse(headers.getHeaderString(RemoteClient.HEADER)));
        parameters.addMissing(query);
        return new CallerRequest(parameters, key);
    }

    /** Checks the key of a request without a body. */
    static void check(HttpHeaders headers, UriInfo uri, PublisherAccess access) {
        refuseMatrixParameters(uri);
        Parameters query = ParameterReader.query(uri.getRequestUri().getRawQuery());
        access.check(
                ShownKey.in(headers::getHeaderString, query),
                RemoteClient.parse(headers.getHeaderString(RemoteClient.HEADER)));
    }

    /** A server leaves them out of the path: what is asked for "a;b" would be done to "a". */
    private static void refuseMatrixParameters(UriInfo uri) {
        if (uri.getRequestUri().getRawPath().contains(";")) {
            throw new ProblemException(
                    ProblemCode.BAD_REQUEST, "The path must not contain a semicolon that is not percent-encoded.");
        }
    }
}
