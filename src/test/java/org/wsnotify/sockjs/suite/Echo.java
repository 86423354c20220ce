package org.wsnotify.sockjs.suite;

import java.util.function.UnaryOperator;
import org.wsnotify.channel.Channel;
import org.wsnotify.wire.AsciiJson;

/** The services that the protocol's test suite wants: every text comes back, or the session is closed at once. */
public final class Echo implements Channel.Listener {

    /** Over SockJS each text is an element of a frame, so JSON. */
    public static final Channel.Application SOCKJS = channel -> new Echo(channel, AsciiJson::quote);

    /** Over a raw WebSocket it is the frame. */
    public static final Channel.Application RAW = channel -> new Echo(channel, text -> text);

    /** Closes each session. */
    public static final Channel.Application CLOSE = channel -> {
        channel.close(3000, "Go away!");
        return new Echo(channel, text -> text);
    };

    private final Channel channel;
    private final UnaryOperator<String> form;

    private Echo(Channel channel, UnaryOperator<String> form) {
        this.channel = channel;
        this.form = form;
    }

    @Override
    public void text(String text) {
        channel.send(form.apply(text));
    }

    @Override
    public void notText() {
        // the suite sends none
    }

    @Override
    public void closed() {
        // nothing to give up
    }
}
