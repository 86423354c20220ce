package org.wsnotify.sockjs.websocket;

import jakarta.websocket.Session;
import org.wsnotify.channel.Channel;
import org.wsnotify.websocket.WebSocketChannel;
import org.wsnotify.wire.AsciiJson;

/** A SockJS session on a WebSocket; "Websocket" in the protocol. Its id means nothing. */
public final class SockJsSocket {

    private final WebSocketChannel channel;

    public SockJsSocket(Session session, Channel.Application application, WebSocketChannel.Shared shared) {
        channel = WebSocketChannel.open(session, new SockJsFraming(), application, shared);
    }

    /** The client sent a part of a frame. */
    public void part(String part, boolean last) {
        channel.part(part, last, this::frame);
    }

    /** A frame: an array of messages, or one; an empty frame is nothing. Broken JSON closes. */
    private void frame(String frame) {
        if (frame.isEmpty()) {
            return;
        }
        try {
            AsciiJson.strings(frame.startsWith("[") ? frame : "[" + frame + "]").forEach(channel::text);
        } catch (AsciiJson.NoStringsException e) {
            channel.close(SockJsFraming.PROTOCOL_ERROR, "Broken JSON encoding.");
        }
    }

    public void notText() {
        channel.notText();
    }

    public void heard() {
        channel.heard();
    }

    public void gone() {
        channel.gone();
    }
}
