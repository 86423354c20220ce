package org.wsnotify.mail;

import java.util.regex.Pattern;

/** What may become the value of a mail header: nothing that could end it and begin another one. */
public final class HeaderText {

    /** A line of a mail has 998 characters at most (RFC 5322, 2.1.1), with the header's name. */
    private static final int LONGEST_SUBJECT = 900;

    private static final Pattern MIME_VERSION = Pattern.compile("[0-9]{1,3}\\.[0-9]{1,3}");

    private HeaderText() {}

    /** Whether this is a subject: one line without control characters, not longer than a line of a mail. */
    public static boolean isSubject(String text) {
        return text.length() <= LONGEST_SUBJECT && text.chars().noneMatch(HeaderText::isControl);
    }

    /** Whether this is a {@code MIME-Version} (RFC 2045, 4), without comments. */
    public static boolean isMimeVersion(String text) {
        return MIME_VERSION.matcher(text).matches();
    }

    private static boolean isControl(int character) {
        return (character < ' ' && character != '\t') || character == 0x7F;
    }
}
