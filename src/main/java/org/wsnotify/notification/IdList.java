package org.wsnotify.notification;

/**
 * Ids of notifications, in the order in which they were added, in 12 bytes each.
 *
 * <p>Each connected user and each session has such lists, and each push may add to them. They are not made of objects:
 * these would be scattered over the old generation of the heap, and each collection of the young one would look through
 * all of it. Looking for an id goes through the whole list, so a list has at most some thousand ids. An id that is
 * larger than all before, as new ones nearly always are, is not looked for. Not safe for use by several threads.
 */
public final class IdList {

    private static final int LEAST = 8;
    private static final int MUCH = 64;
    private static final long[] NO_UPPER = {};
    private static final int[] NO_LOWER = {};

    private long[] upper = NO_UPPER;
    private int[] lower = NO_LOWER;
    private int start;
    private int end;
    private long largestUpper;
    private int largestLower;
    /** Whether each id was larger than those before it since the list was cleared: then the first is the smallest. */
    private boolean inOrder = true;

    /** Returns how many ids are in the list. */
    public int size() {
        return end - start;
    }

    /** Adds an id behind all others, also one that is there already. */
    public void add(String id) {
        add(NotificationIds.upper(id), NotificationIds.lower(id));
    }

    /**
     * Adds an id behind all others, unless it is there.
     *
     * @return whether it was added
     */
    public boolean addIfAbsent(String id) {
        long itsUpper = NotificationIds.upper(id);
        int itsLower = NotificationIds.lower(id);
        boolean isAbsent = !contains(itsUpper, itsLower);
        if (isAbsent) {
            add(itsUpper, itsLower);
        }
        return isAbsent;
    }

    private void add(long itsUpper, int itsLower) {
        if (end == upper.length) {
            makeRoom();
        }
        if (isLargerThanAll(itsUpper, itsLower)) {
            largestUpper = itsUpper;
            largestLower = itsLower;
        } else {
            inOrder = false;
        }
        upper[end] = itsUpper;
        lower[end] = itsLower;
        end++;
    }

    /** Returns whether an id is larger than all that were added since the list was cleared. */
    private boolean isLargerThanAll(long itsUpper, int itsLower) {
        return compare(itsUpper, itsLower, largestUpper, largestLower) > 0;
    }

    private void makeRoom() {
        boolean isFull = size() >= upper.length / 2;
        moveTo(isFull ? fittingLength() : upper.length);
    }

    /** Arrays that were much longer once do not stay so: the ids that they had are not counted any more. */
    private void giveBackRoom() {
        if (upper.length > MUCH && size() < upper.length / 4) {
            moveTo(fittingLength());
        }
    }

    /** Returns a length with room for half as many more. */
    private int fittingLength() {
        return Math.max(LEAST, size() + size() / 2);
    }

    /** Moves the list to the start of arrays of a length. */
    private void moveTo(int length) {
        int size = size();
        long[] toUpper = length == upper.length ? upper : new long[length];
        int[] toLower = length == upper.length ? lower : new int[length];
        System.arraycopy(upper, start, toUpper, 0, size);
        System.arraycopy(lower, start, toLower, 0, size);
        upper = toUpper;
        lower = toLower;
        start = 0;
        end = size;
    }

    /** Returns whether no id is in the list. */
    public boolean isEmpty() {
        return start == end;
    }

    /** Returns whether an id is in the list. */
    public boolean contains(String id) {
        return contains(NotificationIds.upper(id), NotificationIds.lower(id));
    }

    private boolean contains(long itsUpper, int itsLower) {
        return indexOf(itsUpper, itsLower) >= 0;
    }

    /** Returns the first place of an id, or -1. */
    private int indexOf(long itsUpper, int itsLower) {
        if (isLargerThanAll(itsUpper, itsLower)) {
            return -1;
        }
        for (int i = start; i < end; i++) {
            if (upper[i] == itsUpper && lower[i] == itsLower) {
                return i;
            }
        }
        return -1;
    }

    /** Removes an id, if it is in the list. */
    public void remove(String id) {
        int index = indexOf(NotificationIds.upper(id), NotificationIds.lower(id));
        if (index >= 0) {
            removeAt(index);
        }
    }

    private void removeAt(int index) {
        System.arraycopy(upper, start, upper, start + 1, index - start);
        System.arraycopy(lower, start, lower, start + 1, index - start);
        removeFirst();
    }

    /** Returns the second in which the oldest id was created, which was added first. The list is not empty. */
    public long firstSecond() {
        return NotificationIds.second(upper[start]);
    }

    /** Removes the id that was added first. The list is not empty. */
    public void removeFirst() {
        start++;
        giveBackRoom();
    }

    /** Returns whether an id is smaller than all that are in the list, which is not empty. */
    public boolean isSmallerThanAll(String id) {
        long itsUpper = NotificationIds.upper(id);
        int itsLower = NotificationIds.lower(id);
        return compare(indexOfSmallest(), itsUpper, itsLower) > 0;
    }

    /** Removes the smallest id. The list is not empty. */
    public void removeSmallest() {
        removeAt(indexOfSmallest());
    }

    private int indexOfSmallest() {
        int smallest = start;
        if (inOrder) {
            return smallest;
        }
        for (int i = start + 1; i < end; i++) {
            if (compare(i, upper[smallest], lower[smallest]) < 0) {
                smallest = i;
            }
        }
        return smallest;
    }

    /** Removes an id and all smaller ones. */
    public void removeUpTo(String greatest) {
        long itsUpper = NotificationIds.upper(greatest);
        int itsLower = NotificationIds.lower(greatest);
        int kept = start;
        for (int i = start; i < end; i++) {
            if (compare(i, itsUpper, itsLower) > 0) {
                upper[kept] = upper[i];
                lower[kept] = lower[i];
                kept++;
            }
        }
        end = kept;
        giveBackRoom();
    }

    /** Returns for how many ids there is room. */
    int room() {
        return upper.length;
    }

    private int compare(int index, long withUpper, int withLower) {
        return compare(upper[index], lower[index], withUpper, withLower);
    }

    private static int compare(long itsUpper, int itsLower, long withUpper, int withLower) {
        int order = Long.compareUnsigned(itsUpper, withUpper);
        return order != 0 ? order : Integer.compareUnsigned(itsLower, withLower);
    }

    /** Removes all ids, and gives the memory back. */
    public void clear() {
        upper = NO_UPPER;
        lower = NO_LOWER;
        start = 0;
        end = 0;
        largestUpper = 0;
        largestLower = 0;
        inOrder = true;
    }
}
