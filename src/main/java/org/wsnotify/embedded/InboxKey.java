package org.wsnotify.embedded;

/**
 * A notification in the inbox of a user: ordered by user, then by id, so that an inbox is one range.
 *
 * @param userId any text; users are compared as wholes, so none is a prefix of another
 * @param id the notification
 */
record InboxKey(String userId, String id) implements Comparable<InboxKey> {

    static final RecordType<InboxKey> TYPE = RecordType.key(
            InboxKey[]::new,
            key -> key.userId.length() + key.id.length(),
            (out, key) -> out.text(key.userId).text(key.id),
            in -> new InboxKey(in.text(), in.text()));

    /** Stands before all notifications of the user. */
    static InboxKey startOf(String userId) {
        return new InboxKey(userId, "");
    }

    /**
     * Stands behind all notifications of the user and before those of any other: nothing sorts between a text and this
     * one.
     */
    static InboxKey endOf(String userId) {
        return new InboxKey(userId + '\0', "");
    }

    @Override
    public int compareTo(InboxKey other) {
        int byUser = userId.compareTo(other.userId);
        return byUser != 0 ? byUser : id.compareTo(other.id);
    }
}
