package org.wsnotify.sockjs;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.wsnotify.wire.AsciiJson;

/** The transports over HTTP, each described by data. */
@SuppressWarnings("ImmutableEnumChecker") // its functions have no state
enum Transport {
    XHR("xhr", "POST", Types.JAVASCRIPT, Kind.POLL, Texts.NO_PRELUDE, (callback, frame) -> frame + "\n"),
    XHR_STREAMING(
            "xhr_streaming",
            "POST",
            Types.JAVASCRIPT,
            Kind.STREAM,
            callback -> "h".repeat(Texts.PRELUDE) + "\n",
            (callback, frame) -> frame + "\n"),
    EVENT_SOURCE(
            "eventsource",
            "GET",
            "text/event-stream",
            Kind.STREAM,
            callback -> "\r\n",
            (callback, frame) -> "data: " + frame + "\r\n\r\n"),
    HTML_FILE(
            "htmlfile",
            "GET",
            Types.HTML,
            Kind.STREAM,
            HtmlFile::prelude,
            (callback, frame) -> "<script>\np(" + Texts.script(frame) + ");\n</script>\r\n"),
    JSONP(
            "jsonp",
            "GET",
            Types.JAVASCRIPT,
            Kind.POLL,
            Texts.NO_PRELUDE,
            (callback, frame) -> "/**/" + callback + "(" + Texts.script(frame) + ");\r\n"),
    XHR_SEND("xhr_send", "POST", Types.PLAIN, Kind.SEND, Texts.NO_PRELUDE, (callback, frame) -> ""),
    JSONP_SEND("jsonp_send", "POST", Types.PLAIN, Kind.SEND, Texts.NO_PRELUDE, (callback, frame) -> "");

    /** What a request of a transport does. */
    enum Kind {
        /** Receives one frame. */
        POLL,
        /** Receives frames up to a limit of characters. */
        STREAM,
        /** Sends messages. */
        SEND
    }

    /** Content types, exactly as in the protocol. */
    static final class Types {
        static final String JAVASCRIPT = "application/javascript;charset=UTF-8";
        static final String HTML = "text/html;charset=UTF-8";
        static final String PLAIN = "text/plain;charset=UTF-8";
        static final String JSON = "application/json;charset=UTF-8";

        private Types() {}
    }

    private static final class Texts {
        static final int PRELUDE = 2048;
        static final UnaryOperator<String> NO_PRELUDE = callback -> "";

        private Texts() {}

        /** Returns a frame as a JavaScript string that no {@code </script>} in it can end. */
        static String script(String frame) {
            return AsciiJson.quote(frame).replace("<", "\\u003c");
        }
    }

    private final String path;
    private final String method;
    private final String contentType;
    private final Kind kind;
    private final UnaryOperator<String> prelude;
    private final BinaryOperator<String> frame;

    Transport(
            String path,
            String method,
            String contentType,
            Kind kind,
            UnaryOperator<String> prelude,
            BinaryOperator<String> frame) {
        this.path = path;
        this.method = method;
        this.contentType = contentType;
        this.kind = kind;
        this.prelude = prelude;
        this.frame = frame;
    }

    static Optional<Transport> at(String path) {
        return Arrays.stream(values()).filter(t -> t.path.equals(path)).findFirst();
    }

    String method() {
        return method;
    }

    String contentType() {
        return contentType;
    }

    Kind kind() {
        return kind;
    }

    boolean needsCallback() {
        return this == JSONP || this == HTML_FILE;
    }

    /** Returns what precedes the first frame; may be empty. */
    String prelude(String callback) {
        return prelude.apply(callback);
    }

    /** Returns a frame in the form of this transport. */
    String frame(String callback, String text) {
        return frame.apply(callback, text);
    }
}
