package org.wsnotify.mail;

import java.util.regex.Pattern;
import org.wsnotify.notification.WholeCharacters;

/** The rules for text in a mail header: it must not end the header and begin another one. */
public final class HeaderText {

    /** In characters: a line of a mail has at most 998 with the name of the header (RFC 5322, 2.1.1). */
    public static final int LONGEST_SUBJECT = 900;

    public static final String DEFAULT_MIME_VERSION = "1.0";

    private static final String DEFAULT_SUBJECT = "Notification";

    private static final Pattern MIME_VERSION = Pattern.compile("[0-9]{1,3}\\.[0-9]{1,3}");

    /** Control characters and the line breaks of Unicode. */
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\u0085\u2028\u2029]+");

    private HeaderText() {}

    /** Whether this is a single line without control characters. */
    public static boolean isOneLine(String text) {
        return !CONTROL.matcher(text).find();
    }

    /** Whether this is a subject: a single line that is not too long. */
    public static boolean isSubject(String text) {
        return text.length() <= LONGEST_SUBJECT && isOneLine(text);
    }

    /** Returns the subject of a mail that has only a title: on one line, cut to length, never empty. */
    public static String subjectOf(String title) {
        String line = CONTROL.matcher(title).replaceAll(" ").strip();
        return line.isEmpty() ? DEFAULT_SUBJECT : WholeCharacters.cut(line, LONGEST_SUBJECT);
    }

    /** Whether this is a {@code MIME-Version} (RFC 2045, 4) without comments. */
    public static boolean isMimeVersion(String text) {
        return MIME_VERSION.matcher(text).matches();
    }
}
