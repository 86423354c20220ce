package org.wsnotify.embedded;

/**
 * The key of a notification in an inbox: ordered by user, then by id, so that an inbox is one range.
 *
 * @param userId any text; compared as a whole, so that a user whose id is a prefix of another one's has a range of its
 *     own
 * @param id the id of the notification
 */
record InboxKey(String userId, String id) implements Comparable<InboxKey> {

    static final RecordType<InboxKey> TYPE = RecordType.key(
            InboxKey[]::new,
            key -> key.userId.length() + key.id.length(),
            (out, key) -> out.text(key.userId).text(key.id),
            in -> new InboxKey(in.text(), in.text()));

    /** Returns the key before all notifications of the user. */
    static InboxKey startOf(String userId) {
        return new InboxKey(userId, "");
    }

    /**
     * Returns the key after all notifications of the user and before those of the next one: no text sorts between a
     * user id and the same id with a NUL.
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
