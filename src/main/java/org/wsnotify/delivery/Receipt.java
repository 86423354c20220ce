package org.wsnotify.delivery;

import java.util.List;

/**
 * What became of a publication. When a publisher has it, everything in it is stored durably.
 *
 * @param lines one for each recipient, in the order given
 */
public record Receipt(List<Line> lines) {

    /** What becomes of the mail to one recipient. */
    public enum MailStatus {
        /** Not asked for. */
        NONE,
        /** Owed: it goes out as soon as the mail server takes it. */
        OWED,
        /** The recipient seems to be there: it goes out only when no sign of life comes. */
        HELD,
        /** The recipient is there. */
        ONLINE,
        /** Asked for, and not possible: what the publisher gave is not an address. */
        INVALID,
        /** Asked for, and not possible: the publisher gave no address. */
        MISSING
    }

    /**
     * @param id of the stored notification
     * @param online whether the recipient had an open session
     */
    public record Line(String userId, String id, boolean online, MailStatus mail) {}

    public Receipt {
        lines = List.copyOf(lines);
    }

    /** How many recipients had an open session. */
    public long online() {
        return lines.stream().filter(Line::online).count();
    }

    /** How many recipients have a mail status. */
    public long count(MailStatus status) {
        return lines.stream().filter(line -> line.mail() == status).count();
    }
}
