package org.wsnotify.sockjs.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executor;
import org.wsnotify.session.RemoteClient;
import org.wsnotify.sockjs.Reply;
import org.wsnotify.sockjs.Request;
import org.wsnotify.sockjs.SockJsService;

/** Carries requests to a {@link SockJsService} and its replies back; no thread waits for a client. */
public class SockJsServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private transient SockJsService service;
    private transient Executor executor;

    /** @param writer runs what writes to clients; on Open Liberty that blocks while the client does not read */
    protected void serve(SockJsService sockJs, Executor writer) {
        this.service = sockJs;
        this.executor = writer;
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
            AsyncContext context = async(request, response);
            request.getInputStream().setReadListener(new BodyReader(upload, context, request.getInputStream()));
        }
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
