package org.wsnotify.embedded;

/** Where the kept notifications of a user and group are found: ordered by user, then by group, then by id. */
record GroupKey(String userId, String group, String id) implements Comparable<GroupKey> {

    static final RecordType<GroupKey> TYPE = RecordType.key(
            GroupKey[]::new,
            key -> key.userId.length() + key.group.length() + key.id.length(),
            (out, key) -> out.text(key.userId).text(key.group).text(key.id),
            in -> new GroupKey(in.text(), in.text(), in.text()));

    @Override
    public int compareTo(GroupKey other) {
        int byUser = userId.compareTo(other.userId);
        if (byUser != 0) {
            return byUser;
        }
        int byGroup = group.compareTo(other.group);
        return byGroup != 0 ? byGroup : id.compareTo(other.id);
    }
}
