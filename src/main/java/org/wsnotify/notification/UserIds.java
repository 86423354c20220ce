package org.wsnotify.notification;

/** What is the id of a user: one rule for publishers and for tokens. */
public final class UserIds {

    /** The longest id, in characters. */
    public static final int LONGEST = 256;

    private UserIds() {}

    /** Returns whether a text is an id: not blank, not too long, and without half a surrogate pair. */
    public static boolean isValid(String id) {
        return !id.isBlank() && id.length() <= LONGEST && WholeCharacters.in(id);
    }
}
