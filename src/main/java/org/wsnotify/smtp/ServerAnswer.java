package org.wsnotify.smtp;

import jakarta.mail.MessagingException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.wsnotify.notification.WholeCharacters;

/**
 * Reads the answers of a mail server from the exceptions of jakarta.mail.
 *
 * <p>The standard API has no reply codes. They are read from the messages, which are the lines of the mail server, so
 * that no particular implementation is needed.
 */
final class ServerAnswer {
    private static final int LONGEST = 300;
    /** RFC 5321, 4.2.1: a server may answer any command with this when it closes the connection. */
    private static final int SERVICE_CLOSING = 421;

    /** The message of the implementation when the connection ends without an answer. */
    private static final String END_OF_STREAM = "[EOF]";

    private static final Pattern REPLY = Pattern.compile("^([2-5][0-9][0-9])[ -]");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}+");
    private static final Pattern ADDRESS = Pattern.compile("<?[^\\s<>@:;,\"'()]+@[^\\s<>@:;,\"'()]+>?");

    private ServerAnswer() {}

    /** Returns the reply code of the last command; empty if the exception is not about an answer. */
    static OptionalInt code(Exception e) {
        Matcher reply = REPLY.matcher(String.valueOf(e.getMessage()));
        return reply.find() ? OptionalInt.of(Integer.parseInt(reply.group(1))) : OptionalInt.empty();
    }

    /** Returns the reply codes in the chain of exceptions, one for each refused recipient. */
    static List<Integer> codesBehind(MessagingException e) {
        return repliesBehind(e).stream()
                .map(reply -> Integer.valueOf(reply.substring(0, 3)))
                .toList();
    }

    /** Returns the replies in the chain of exceptions, one for each refused recipient, in their order. */
    static List<String> repliesBehind(MessagingException e) {
        List<String> replies = new ArrayList<>();
        for (Exception next = e.getNextException(); next != null; next = behind(next)) {
            if (code(next).isPresent()) {
                replies.add(next.getMessage());
            }
        }
        return replies;
    }

    /**
     * Returns the replies to single addresses, each on one line; empty if it is not known which is meant.
     *
     * @param envelope all addresses in the order of sending
     * @param taken the accepted ones
     */
    static Map<String, String> byAddress(List<String> envelope, List<String> taken, MessagingException e) {
        List<String> others = new ArrayList<>(envelope);
        others.removeAll(taken);
        List<String> replies = repliesBehind(e);
        if (others.size() != replies.size()) {
            return Map.of();
        }
        Map<String, String> found = new HashMap<>();
        for (int i = 0; i < others.size(); i++) {
            found.put(others.get(i), oneLine(replies.get(i)));
        }
        return found;
    }

    /**
     * Whether the server closed the connection: it sent 421, or the connection broke. A timeout does not count.
     */
    static boolean isEnd(MessagingException e) {
        for (Exception next = e; next != null; next = behind(next)) {
            if (isClosing(next) || isBroken(next)) {
                return true;
            }
        }
        return false;
    }

    /** Whether this is the 421 of a server that closes the connection. */
    static boolean isClosing(Exception e) {
        return code(e).orElse(0) == SERVICE_CLOSING;
    }

    private static boolean isBroken(Exception e) {
        return (e instanceof IOException && !(e instanceof SocketTimeoutException))
                || String.valueOf(e.getMessage()).contains(END_OF_STREAM);
    }

    /** Returns the answer of the server; if there was none, returns the messages of the exceptions. */
    static String words(MessagingException e) {
        StringJoiner all = new StringJoiner(": ");
        for (Exception next = e; next != null; next = behind(next)) {
            OptionalInt code = code(next);
            if (code.isPresent() && code.getAsInt() >= 400) {
                return oneLine(next.getMessage());
            }
            all.add(next.getMessage() == null ? next.getClass().getSimpleName() : next.getMessage());
        }
        return oneLine(all.toString().replace(END_OF_STREAM, "the connection was closed"));
    }

    /** Returns a text on one line, without addresses and not too long. */
    static String oneLine(String text) {
        String line = CONTROL.matcher(text).replaceAll(" ").strip();
        String anonymous = ADDRESS.matcher(line).replaceAll("<...>");
        return anonymous.length() <= LONGEST ? anonymous : WholeCharacters.cut(anonymous, LONGEST) + "...";
    }

    private static Exception behind(Exception e) {
        return e instanceof MessagingException messaging ? messaging.getNextException() : null;
    }
}
