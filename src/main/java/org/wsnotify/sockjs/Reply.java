package org.wsnotify.sockjs;

import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/** The reply to a request. */
public sealed interface Reply {

    /** A complete response. */
    record Whole(int status, Map<String, String> headers, String body) implements Reply {}

    /** A response that is written piece by piece; {@code begin} is called once with its writer. */
    record Stream(Map<String, String> headers, Consumer<ResponseWriter> begin) implements Reply {}

    /**
     * A response that depends on the body of the request.
     *
     * @param most how many bytes the body may have; for a longer one {@code answer} gets null
     */
    record Upload(int most, Function<byte[], Whole> answer) implements Reply {}
}
