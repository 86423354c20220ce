package org.wsnotify.conversation;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiConsumer;
import org.wsnotify.channel.OutgoingBudget;
import org.wsnotify.inbox.Inbox;
import org.wsnotify.notification.UnseenCounts;
import org.wsnotify.session.ClientMessage;
import org.wsnotify.session.ClientSession;
import org.wsnotify.session.Envelope;

/**
 * Does what a user asks of the inbox, and answers it. Large answers are built within the {@link OutgoingBudget}.
 *
 * <p>Safe for use by many threads; the methods wait for the store.
 */
public final class InboxAnswers {

    private final Inbox inbox;
    private final OutgoingBudget outgoing;

    public InboxAnswers(Inbox inbox, OutgoingBudget outgoing) {
        this.inbox = inbox;
        this.outgoing = outgoing;
    }

    /**
     * Answers a request of a user. A change is told to all sessions of the user, which include this one.
     *
     * @return false if too much waits for all clients; then nothing was read, and nothing was answered
     */
    boolean answer(ClientSession session, String userId, ClientMessage message) {
        if (message.isRead()) {
            return outgoing.build(() -> session.send(read(userId, message)));
        }
        change(session, userId, message);
        return true;
    }

    /**
     * Tells a session that joins what there is, if the counts say that there is nothing to read.
     *
     * @param counts the user's counts since the session has joined
     * @param characters the bound of the first page; empty for everything unseen
     * @return false if something must be read; then nothing was told
     */
    boolean joinedWithout(
            String userId,
            UnseenCounts counts,
            OptionalInt characters,
            BiConsumer<Envelope.Joined, Envelope.Notifications> told) {
        if (characters.isPresent() || counts.total() > 0) {
            return false;
        }
        told.accept(new Envelope.Joined(userId, counts), inbox.nothingUnseen());
        return true;
    }

    /**
     * Reads what a session is told when a user joins: everything unseen or the first page.
     *
     * @param counts the user's counts since the session has joined; empty if they are to be read, too
     * @param characters the bound of the first page; empty for everything unseen
     * @return false if too much waits for all clients; then nothing was read
     */
    boolean joined(
            String userId,
            Optional<UnseenCounts> counts,
            OptionalInt characters,
            BiConsumer<Envelope.Joined, Envelope.Notifications> told) {
        return outgoing.build(() -> {
            UnseenCounts known = counts.orElseGet(() -> inbox.counts(userId));
            if (!joinedWithout(userId, known, characters, told)) {
                told.accept(
                        new Envelope.Joined(userId, known),
                        characters.isPresent()
                                ? inbox.newest(userId, Optional.empty(), characters.getAsInt())
                                : inbox.unseen(userId));
            }
        });
    }

    private Envelope read(String userId, ClientMessage message) {
        if (message instanceof ClientMessage.ReadPage content) {
            return inbox.page(userId, content.page());
        }
        if (message instanceof ClientMessage.ReadBefore content) {
            return inbox.before(userId, content.id());
        }
        if (message instanceof ClientMessage.ReadNewest content) {
            return inbox.newest(userId, content.before(), content.characters());
        }
        if (message instanceof ClientMessage.ReadNewestUnseen unseen) {
            return inbox.newestUnseen(userId, unseen.before(), unseen.characters());
        }
        return inbox.unseen(userId);
    }

    /** If a change concerns no notification of the user, only the session that asked for it is told. */
    private void change(ClientSession session, String userId, ClientMessage message) {
        if (message instanceof ClientMessage.MarkSeen seen) {
            if (inbox.markSeen(userId, seen.ids()).isEmpty()) {
                session.send(new Envelope.Seen(List.of(), Optional.empty(), Optional.of(inbox.counts(userId))));
            }
        } else if (message instanceof ClientMessage.MarkAllSeen all) {
            inbox.markAllSeen(userId, all.upTo());
        } else if (message instanceof ClientMessage.Delete delete
                && inbox.delete(userId, delete.ids()).isEmpty()) {
            session.send(new Envelope.Deleted(List.of(), Optional.of(inbox.counts(userId))));
        }
    }
}
