package org.wsnotify.sockjs.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.wsnotify.sockjs.Reply;

/** Reads a body as it comes, up to a limit, and answers. The container calls it from one thread at a time. */
final class BodyReader implements ReadListener {

    private static final System.Logger LOG = System.getLogger(BodyReader.class.getName());
    private static final int PIECE = 8192;

    private final Reply.Upload upload;
    private final AsyncContext context;
    private final ServletInputStream input;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream(512);
    private final AtomicBoolean answered = new AtomicBoolean();

    BodyReader(Reply.Upload upload, AsyncContext context, ServletInputStream input) {
        this.upload = upload;
        this.context = context;
        this.input = input;
    }

    /**
     * Answers as soon as the body is here, without another question: Payara calls back to each "no", and when the request has ended meanwhile the
     * call finds nothing and throws.
     */
    @Override
    public void onDataAvailable() throws IOException {
        byte[] piece = new byte[PIECE];
        boolean ready = true;
        while (ready && body.size() <= upload.most() && !isRead()) {
            ready = input.isReady();
            if (ready) {
                body.write(piece, 0, Math.max(0, input.read(piece)));
            }
        }
        if (body.size() > upload.most()) {
            answer(null);
        } else if (ready) {
            answer(body.toByteArray());
        }
    }

    /** On Payara a body is finished when it has arrived, read or not. */
    private boolean isRead() throws IOException {
        return input.isFinished() && input.available() == 0;
    }

    @Override
    public void onAllDataRead() throws IOException {
        answer(body.toByteArray());
    }

    private void answer(byte[] bytes) throws IOException {
        if (!answered.compareAndSet(false, true)) {
            return;
        }
        HttpServletResponse response = (HttpServletResponse) context.getResponse();
        try {
            if (bytes == null) {
                response.setHeader("Connection", "close"); // the rest of the body stays unread
            }
            SockJsServlet.write(upload.answer().apply(bytes), response);
        } finally {
            context.complete();
        }
    }

    @Override
    public void onError(Throwable thrown) {
        LOG.log(System.Logger.Level.DEBUG, "a body did not arrive: {0}", thrown.toString());
        if (answered.compareAndSet(false, true)) {
            context.complete();
        }
    }
}
