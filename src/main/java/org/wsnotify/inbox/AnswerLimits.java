package org.wsnotify.inbox;

/**
 * How much one answer to a client holds.
 *
 * @param pageSize notifications on a page
 * @param unseen most notifications in an answer to {@code unseen}
 * @param unseenCharacters most text in such an answer, in UTF-16 units; one notification is always given
 */
public record AnswerLimits(int pageSize, int unseen, long unseenCharacters) {

    /** What an answer to {@code unseen} leaves out is on the pages. */
    private static final long UNSEEN_CHARACTERS = 4_000_000;

    /** With the usual amount of text. */
    public AnswerLimits(int pageSize, int unseen) {
        this(pageSize, unseen, UNSEEN_CHARACTERS);
    }
}
