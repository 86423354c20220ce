package org.wsnotify.sockjs;

import java.util.List;
import java.util.stream.Collectors;
import org.wsnotify.wire.AsciiJson;

/** The frames a server sends; "Framing accepted by the client" in the protocol. */
public final class Frames {

    /** The frame that opens a session. */
    public static final String OPEN = "o";

    /** Keeps proxies from closing a connection. */
    public static final String HEARTBEAT = "h";

    private Frames() {}

    /** @param elements JSON texts, which become one frame */
    public static String messages(List<String> elements) {
        return elements.stream().collect(Collectors.joining(",", "a[", "]"));
    }

    /** Returns the frame that ends a session. */
    public static String close(int code, String reason) {
        return "c[" + code + "," + AsciiJson.quote(reason) + "]";
    }
}
