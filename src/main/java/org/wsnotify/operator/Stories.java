package org.wsnotify.operator;

import java.util.Optional;
import org.wsnotify.notification.MailIntent;
import org.wsnotify.notification.Origin;
import org.wsnotify.outbox.Addressee;
import org.wsnotify.outbox.MailCondition;
import org.wsnotify.outbox.OutboxEntry;
import org.wsnotify.outbox.OwedMail;
import org.wsnotify.outbox.OwedMailLookup;
import org.wsnotify.story.MailStory;
import org.wsnotify.story.MailStory.Status;
import org.wsnotify.story.StoredStory;
import org.wsnotify.story.StoryStore;

/**
 * Tells the story of a notification, from what was recorded of it. Safe for use by many threads; blocks on the store.
 */
public final class Stories {

    private final StoryStore store;
    private final OwedMailLookup mails;

    public Stories(StoryStore store, OwedMailLookup mails) {
        this.store = store;
        this.mails = mails;
    }

    /** A notification and its mail. */
    public record Story(StoredStory stored, MailStory mail) {}

    /**
     * Returns the story of a notification; empty if it is not stored.
     *
     * @throws org.wsnotify.notification.StoreUnavailableException if the store cannot be reached
     */
    public Optional<Story> of(String id) {
        return store.find(id).map(stored -> new Story(stored, mail(stored)));
    }

    private MailStory mail(StoredStory stored) {
        Optional<Origin> origin = stored.notification().origin();
        MailIntent intent = origin.map(Origin::mail).orElse(MailIntent.NONE);
        return switch (intent) {
            case NONE -> known(origin.isPresent() ? Status.NONE : Status.FORGOTTEN);
            case MISSING -> known(Status.MISSING);
            case INVALID -> known(Status.INVALID);
            case REQUESTED -> requested(stored, origin.orElseThrow());
        };
    }

    private static MailStory known(Status status) {
        return new MailStory(status, Optional.empty(), Optional.empty(), 0, "");
    }

    private MailStory requested(StoredStory stored, Origin origin) {
        String id = stored.notification().id();
        if (stored.presentAt().isPresent()) {
            return new MailStory(Status.PRESENT, stored.presentAt(), Optional.empty(), 0, "");
        }
        return mails.find(origin.publication(), id)
                .flatMap(entry -> entry.owed().addressees().stream()
                        .filter(one -> one.notificationId().filter(id::equals).isPresent())
                        .findFirst()
                        .map(addressee -> story(entry, addressee)))
                .orElse(known(Status.FORGOTTEN));
    }

    private static MailStory story(OutboxEntry<OwedMail> entry, Addressee addressee) {
        return switch (addressee.outcome()) {
            case WAITING -> waiting(entry, addressee);
            case SENT -> decided(Status.SENT, entry, addressee);
            case REFUSED -> decided(Status.REFUSED, entry, addressee);
            case PRESENT -> decided(Status.PRESENT, entry, addressee);
            case SEEN -> decided(Status.SEEN, entry, addressee);
            case RETRACTED -> decided(Status.RETRACTED, entry, addressee);
        };
    }

    private static MailStory waiting(OutboxEntry<OwedMail> entry, Addressee addressee) {
        if (entry.state() != OutboxEntry.State.OWED) {
            return new MailStory(Status.DEAD, addressee.at(), Optional.empty(), entry.attempts(), entry.lastAnswer());
        }
        boolean held = entry.owed().condition() instanceof MailCondition.UnlessPresent
                && entry.lastAnswer().isEmpty();
        return new MailStory(
                held ? Status.HELD : Status.OWED,
                Optional.of(entry.createdAt()),
                Optional.of(entry.dueAt()),
                entry.attempts(),
                entry.lastAnswer());
    }

    private static MailStory decided(Status status, OutboxEntry<OwedMail> entry, Addressee addressee) {
        String answer = status == Status.SENT ? acceptance(entry) : addressee.answer();
        return new MailStory(status, addressee.at(), Optional.empty(), entry.attempts(), answer);
    }

    /** Where others were not accepted, the last answer is about them. */
    private static String acceptance(OutboxEntry<OwedMail> entry) {
        boolean forAll = entry.owed().waiting().isEmpty() && entry.owed().count(Addressee.Outcome.REFUSED) == 0;
        return forAll ? entry.lastAnswer() : "";
    }
}
