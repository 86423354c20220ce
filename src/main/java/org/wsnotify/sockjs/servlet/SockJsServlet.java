package org.wsnotify.sockjs.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.wsnotify.body.ArrivingBody;
import org.wsnotify.body.BodyIntake;
import org.wsnotify.session.RemoteClient;
import org.wsnotify.sockjs.Reply;
import org.wsnotify.sockjs.Request;
import org.wsnotify.sockjs.SockJsService;

/** Carries requests to a {@link SockJsService} and its replies back; no thread waits for a client. */
public class SockJsServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private transient SockJsService service;
    private transient Executor executor;
    private transient BodyIntake intake;

    /**
     * Serves this service.
     *
     * @param writer runs what writes to clients; on Open Liberty that blocks while the client does not read
     * @param bodies takes the bodies of clients
     */
    protected void serve(SockJsService sockJs, Executor writer, BodyIntake bodies) {
        this.service = sockJs;
        this.executor = writer;
        this.intake = bodies;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Reply reply = service.handle(read(request));
        if (reply instanceof Reply.Whole whole) {
            write(whole, response);
        } else if (reply instanceof Reply.Stream stream) {
            response.setCharacterEncoding(null); // Payara adds that of web.xml to a type without one
            stream.headers().forEach(response::setHeader);
            AsyncContext context = async(request, response);
            stream.begin().accept(AsyncOutlet.over(context, response.getOutputStream(), executor));
        } else if (reply instanceof Reply.Upload upload) {
            receive(upload, request, response);
        }
    }

    private void receive(Reply.Upload upload, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        String address =
                RemoteClient.parse(request.getHeader(RemoteClient.HEADER)).address();
        Optional<BodyIntake.Place> place = intake.enter(address, size(request.getContentLengthLong(), upload.most()));
        if (place.isPresent()) {
            AsyncContext context = async(request, response);
            ArrivingBody.read(place.get(), request.getInputStream(), new UploadReply(upload, context));
        } else {
            refuse(response, HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        }
    }

    /** What the body may grow to: as long as it says, if that is not too long. */
    private static int size(long announced, int most) {
        return announced < 0 || announced > most ? most : (int) announced;
    }

    /** Of a body that stays unread. */
    static void refuse(HttpServletResponse response, int status) {
        response.setStatus(status);
        response.setHeader("Connection", "close");
        response.setContentLength(0);
    }

    private static Request read(HttpServletRequest request) {
        String prefix = request.getContextPath() + request.getServletPath();
        String uri = request.getRequestURI();
        return new Request(
                request.getMethod(),
                uri.startsWith(prefix) ? uri.substring(prefix.length()) : "//",
                request.getQueryString(),
                request::getHeader,
                RemoteClient.parse(request.getHeader(RemoteClient.HEADER)).address());
    }

    private static AsyncContext async(HttpServletRequest request, HttpServletResponse response) {
        AsyncContext context = request.startAsync(request, response);
        context.setTimeout(0);
        return context;
    }

    static void write(Reply.Whole reply, HttpServletResponse response) throws IOException {
        response.setStatus(reply.status());
        reply.headers().forEach(response::setHeader);
        byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
        if (body.length > 0) {
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
        } else if (reply.status() != HttpServletResponse.SC_NOT_MODIFIED
                && reply.status() != HttpServletResponse.SC_NO_CONTENT) {
            response.setContentLength(0);
        }
    }
}
