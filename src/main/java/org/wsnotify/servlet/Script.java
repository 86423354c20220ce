package org.wsnotify.servlet;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.wsnotify.digest.Sha256;

/**
 * A script as browsers get it: compressed once, and only if their copy is another one. Immutable.
 *
 * <p>The entity tag is weak (RFC 9110, 8.8.1), because the compressed and the plain script share it.
 */
final class Script {

    /**
     * For an address that always has the same content.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc8246">RFC 8246</a>
     */
    static final String FOREVER = "public, max-age=31536000, immutable";

    /**
     * For an address whose content changes with a new version of the server. Browsers ask at each use, and most answers
     * are a short 304. In return, a new bell reaches every page at once. A page that is open during an update may still
     * ask for a file that is gone: it loads most of them while it is idle, and shows English texts without theirs.
     */
    static final String ASK = "no-cache";

    private static final int TAG_BYTES = 12;

    private final byte[] plain;
    private final byte[] gzip;
    private final String tag;
    private final String caching;

    /**
     * @param plain the text in UTF-8
     * @param caching the {@code Cache-Control}
     */
    Script(byte[] plain, String caching) {
        this.plain = plain.clone();
        this.gzip = compressed(plain);
        this.tag = '"' + Sha256.hex(new String(plain, StandardCharsets.UTF_8), TAG_BYTES) + '"';
        this.caching = caching;
    }

    /** Answers a GET or HEAD. */
    void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("ETag", "W/" + tag);
        response.setHeader("Cache-Control", caching);
        response.addHeader("Vary", "Accept-Encoding");
        if (isKnown(request)) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        boolean compress = new AcceptEncoding(Collections.list(request.getHeaders("Accept-Encoding"))).prefersGzip();
        byte[] content = compress ? gzip : plain;
        if (compress) {
            response.setHeader("Content-Encoding", "gzip");
        }
        response.setContentType("text/javascript;charset=UTF-8");
        response.setContentLength(content.length);
        if (!request.getMethod().equals("HEAD")) {
            response.getOutputStream().write(content);
        }
    }

    private boolean isKnown(HttpServletRequest request) {
        return Collections.list(request.getHeaders("If-None-Match")).stream()
                .flatMap(field -> Arrays.stream(field.split(",", -1)))
                .map(element -> element.strip().replaceFirst("^W/", ""))
                .anyMatch(known -> known.equals(tag) || known.equals("*"));
    }

    private static byte[] compressed(byte[] plain) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(plain.length / 2);
        try (GZIPOutputStream out = new SmallestGzip(bytes)) {
            out.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException("memory is always writable", e);
        }
        return bytes.toByteArray();
    }

    private static final class SmallestGzip extends GZIPOutputStream {
        SmallestGzip(ByteArrayOutputStream out) throws IOException {
            super(out);
            def.setLevel(Deflater.BEST_COMPRESSION);
        }
    }
}
