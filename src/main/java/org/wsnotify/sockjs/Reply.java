package org.wsnotify.sockjs;

import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/** What becomes of a request. */
public sealed interface Reply {

    /** The answer is known. */
    record Whole(int status, Map<String, String> headers, String body) implements Reply {}

    /** The answer comes piece by piece; {@code begin} is called once with where to. */
    record Stream(Map<String, String> headers, Consumer<ResponseWriter> begin) implements Reply {}

    /**
     * The answer depends on the body.
     *
     * @param most bytes; of a longer one the rest need not be read, and {@code answer} gets null
     */
    record Upload(int most, Function<byte[], Whole> answer) implements Reply {}
}
