package org.wsnotify.problem;

import static java.util.Map.entry;

import java.util.Map;

/** The names of HTTP statuses (RFC 9110, 15; RFC 6585): the title of a problem of type {@code about:blank}. */
final class ReasonPhrases {

    private static final Map<Integer, String> PHRASES = Map.ofEntries(
            entry(400, "Bad Request"),
            entry(401, "Unauthorized"),
            entry(403, "Forbidden"),
            entry(404, "Not Found"),
            entry(405, "Method Not Allowed"),
            entry(406, "Not Acceptable"),
            entry(408, "Request Timeout"),
            entry(409, "Conflict"),
            entry(411, "Length Required"),
            entry(412, "Precondition Failed"),
            entry(413, "Content Too Large"),
            entry(414, "URI Too Long"),
            entry(415, "Unsupported Media Type"),
            entry(416, "Range Not Satisfiable"),
            entry(417, "Expectation Failed"),
            entry(422, "Unprocessable Content"),
            entry(429, "Too Many Requests"),
            entry(431, "Request Header Fields Too Large"),
            entry(500, "Internal Server Error"),
            entry(501, "Not Implemented"),
            entry(503, "Service Unavailable"),
            entry(505, "HTTP Version Not Supported"));

    private ReasonPhrases() {}

    static String of(int status) {
        return PHRASES.getOrDefault(status, status < 500 ? "Client Error" : "Server Error");
    }
}
