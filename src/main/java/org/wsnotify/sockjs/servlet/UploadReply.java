package org.wsnotify.sockjs.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.wsnotify.body.ArrivingBody;
import org.wsnotify.sockjs.Reply;

/** Answers an upload at its end. */
record UploadReply(Reply.Upload upload, AsyncContext context) implements ArrivingBody.Receiver {

    @Override
    public void arrived(byte[] body) throws IOException {
        try {
            SockJsServlet.write(upload.answer().apply(body), response());
        } finally {
            context.complete();
        }
    }

    @Override
    public void tooLong() throws IOException {
        response().setHeader("Connection", "close"); // the rest of the body stays unread
        arrived(null);
    }

    @Override
    public void late() {
        refuse(HttpServletResponse.SC_REQUEST_TIMEOUT);
    }

    @Override
    public void broken() {
        refuse(HttpServletResponse.SC_BAD_REQUEST);
    }

    private void refuse(int status) {
        SockJsServlet.refuse(response(), status);
        context.complete();
    }

    private HttpServletResponse response() {
        return (HttpServletResponse) context.getResponse();
    }
}
