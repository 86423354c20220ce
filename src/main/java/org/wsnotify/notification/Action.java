package org.wsnotify.notification;

import java.util.Objects;

/**
 * A link that a notification offers, such as "Accept". Immutable.
 *
 * @param label what the recipient reads, without control characters
 * @param url where it leads: the publisher's text, unchanged
 */
public record Action(String label, String url) {

    /** The most actions of a message. */
    public static final int MOST = 2;

    /** The most characters of a label. */
    public static final int LONGEST_LABEL = 64;

    public Action {
        Objects.requireNonNull(label, "label");
        Objects.requireNonNull(url, "url");
    }

    /** Returns the total length of its texts. */
    int characters() {
        return label.length() + url.length();
    }
}
