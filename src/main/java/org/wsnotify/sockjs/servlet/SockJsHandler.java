package org.wsnotify.sockjs.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executor;
import org.wsnotify.body.ArrivedBody;
import org.wsnotify.body.BodyIntake;
import org.wsnotify.client.IpAddress;
import org.wsnotify.client.RemoteClient;
import org.wsnotify.sockjs.Reply;
import org.wsnotify.sockjs.Request;
import org.wsnotify.sockjs.SockJsService;

/**
 * Carries HTTP requests to a {@link SockJsService} and its replies back. No thread waits for a client that does not
 * read. Safe for use by many threads.
 */
public final class SockJsHandler {

    private final SockJsService service;
    private final Executor writers;
    private final BodyIntake intake;

    /**
     * @param writers runs what writes to clients; on Open Liberty that blocks while the client does not read
     * @param intake reads the bodies of clients
     */
    public SockJsHandler(SockJsService service, Executor writers, BodyIntake intake) {
        this.service = service;
        this.writers = writers;
        this.intake = intake;
    }

    /** Answers a request, for a streaming reply after this method has returned. */
    public void handle(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Reply reply = service.handle(read(request));
        if (reply instanceof Reply.Whole whole) {
            write(whole, response);
        } else if (reply instanceof Reply.Stream stream) {
            response.setCharacterEncoding(null); // Payara adds that of web.xml to a type without one
            stream.headers().forEach(response::setHeader);
            AsyncContext context = async(request, response);
            stream.begin().accept(AsyncResponseWriter.over(context, response.getOutputStream(), writers));
        } else if (reply instanceof Reply.Upload upload) {
            receive(upload, request, response);
        }
    }

    private void receive(Reply.Upload upload, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        String address = IpAddress.subscriberOf(
                RemoteClient.parse(request.getHeader(RemoteClient.HEADER)).address());
        ArrivedBody body =
                intake.read(request.getInputStream(), address, request.getContentLengthLong(), upload.most());
        if (body.end() != ArrivedBody.End.WHOLE) {
            response.setHeader("Connection", "close"); // the rest of the body stays unread
        }
        switch (body.end()) {
            case WHOLE -> write(upload.answer().apply(body.bytes()), response);
            case TOO_LONG -> write(upload.answer().apply(null), response);
            case LATE -> refuse(response, HttpServletResponse.SC_REQUEST_TIMEOUT);
            case TOO_MANY -> refuse(response, HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            case BROKEN -> refuse(response, HttpServletResponse.SC_BAD_REQUEST);
        }
    }

    private static void refuse(HttpServletResponse response, int status) {
        response.setStatus(status);
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

    private static void write(Reply.Whole reply, HttpServletResponse response) throws IOException {
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
