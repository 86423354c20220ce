package org.wsnotify.sockjs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.wsnotify.HandClock;
import org.wsnotify.channel.Channel;
import org.wsnotify.channel.OutgoingBudget;
import org.wsnotify.channel.QueueLimits;
import org.wsnotify.meter.Meters;

/** A service without a server, and requests to it. */
final class SockJsFixture {

    static final SockJsLimits LIMITS = new SockJsLimits(
            3, 4096, 16_384, new QueueLimits(100, 100_000, new OutgoingBudget(1 << 30, 10)), Duration.ofSeconds(10));
    static final SockJsOptions OPTIONS = new SockJsOptions(true, false, List.of("*"), "/sockjs/1.6.1/sockjs.min.js");

    final HandClock clock;
    final HandDelays delays = new HandDelays();
    final SockJsService service;
    String address = "192.0.2.1";

    SockJsFixture(Channel.Application application) {
        this(application, OPTIONS);
    }

    SockJsFixture(Channel.Application application, SockJsOptions options) {
        this(application, options, new HandClock());
    }

    SockJsFixture(Channel.Application application, SockJsOptions options, HandClock clock) {
        this.clock = clock;
        service = new SockJsService(application, options, LIMITS, clock, delays, Meters.NONE);
    }

    Reply ask(String method, String target, String... headers) {
        Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 0; i < headers.length; i += 2) {
            all.put(headers[i], headers[i + 1]);
        }
        int query = target.indexOf('?');
        return service.handle(new Request(
                method,
                query < 0 ? target : target.substring(0, query),
                query < 0 ? null : target.substring(query + 1),
                all::get,
                address));
    }

    Reply.Whole whole(String method, String target, String... headers) {
        Reply reply = ask(method, target, headers);
        assertThat(reply).isInstanceOf(Reply.Whole.class);
        return (Reply.Whole) reply;
    }

    RecordingResponse receive(String method, String target, String... headers) {
        return receiveOn(new RecordingResponse(), method, target, headers);
    }

    RecordingResponse receiveOn(RecordingResponse response, String method, String target, String... headers) {
        Reply reply = ask(method, target, headers);
        assertThat(reply).isInstanceOf(Reply.Stream.class);
        ((Reply.Stream) reply).begin().accept(response);
        return response;
    }

    RecordingResponse poll(String session) {
        return receive("POST", "/000/" + session + "/xhr");
    }

    RecordingResponse stream(String session) {
        return receive("POST", "/000/" + session + "/xhr_streaming");
    }

    Reply.Whole upload(String target, byte[] body, String... headers) {
        Reply reply = ask("POST", target, headers);
        return reply instanceof Reply.Upload upload
                ? upload.answer().apply(body == null || body.length > upload.most() ? null : body)
                : (Reply.Whole) reply;
    }

    Reply.Whole send(String session, String body) {
        return upload("/000/" + session + "/xhr_send", body.getBytes(StandardCharsets.UTF_8));
    }

    Reply.Whole jsonpSend(String session, String body, String type) {
        return upload("/000/" + session + "/jsonp_send", body.getBytes(StandardCharsets.UTF_8), "Content-Type", type);
    }
}
