package org.wsnotify.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.wsnotify.notification.MailIntent;
import org.wsnotify.notification.Message;
import org.wsnotify.notification.Notification;
import org.wsnotify.notification.NotificationKey;
import org.wsnotify.notification.Origin;
import org.wsnotify.outbox.Addressee;
import org.wsnotify.outbox.Addressee.Outcome;
import org.wsnotify.outbox.MailCondition;
import org.wsnotify.outbox.OutboxEntry;
import org.wsnotify.outbox.OutboxEntry.State;
import org.wsnotify.outbox.OwedMail;
import org.wsnotify.outbox.OwedMails;
import org.wsnotify.story.MailStory;
import org.wsnotify.story.MailStory.Status;
import org.wsnotify.story.PublicationPushes;
import org.wsnotify.story.StoredStory;
import org.wsnotify.story.StoryStore;

class StoriesTest {

    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07.089Z");
    private static final Instant LATER = NOW.plusSeconds(60);
    private static final Instant GIVEN_UP = NOW.plusSeconds(300);
    private static final String FIRST = "6b0000000000000000000001";
    private static final String ID = "6b0000000000000000000002";

    private Optional<Origin> origin = Optional.of(new Origin(FIRST, MailIntent.REQUESTED));
    private Optional<Instant> presentAt = Optional.empty();
    private Optional<OutboxEntry<OwedMail>> entry = Optional.empty();

    @Test
    void intentIsToldWhereNoMailCouldBeOwed() {
        origin = Optional.of(new Origin(FIRST, MailIntent.NONE));
        assertThat(mail().status()).isEqualTo(Status.NONE);
        origin = Optional.of(new Origin(FIRST, MailIntent.MISSING));
        assertThat(mail().status()).isEqualTo(Status.MISSING);
        origin = Optional.of(new Origin(FIRST, MailIntent.INVALID));
        assertThat(mail().status()).isEqualTo(Status.INVALID);
        origin = Optional.empty();
        assertThat(mail().status()).isEqualTo(Status.FORGOTTEN);
    }

    @Test
    void mailThatIsNotThereAnyMoreIsForgottenUnlessTheUserWasPresent() {
        assertThat(mail().status()).isEqualTo(Status.FORGOTTEN);
        presentAt = Optional.of(LATER);
        assertThat(mail()).isEqualTo(new MailStory(Status.PRESENT, Optional.of(LATER), Optional.empty(), 0, ""));
    }

    @Test
    void mailThatWaitsIsHeldOrOwedAndTellsTheNextTime() {
        entry = Optional.of(entry(new MailCondition.UnlessPresent(), Outcome.WAITING));
        assertThat(mail()).isEqualTo(new MailStory(Status.HELD, Optional.of(NOW), Optional.of(LATER), 0, ""));
        entry = Optional.of(entry(new MailCondition.UnlessSeen(), Outcome.WAITING));
        assertThat(mail().status()).isEqualTo(Status.OWED);
        entry = Optional.of(entry(new MailCondition.UnlessPresent(), Outcome.WAITING)
                .claimedUntil(LATER)
                .retryAt(LATER, "450 busy"));
        assertThat(mail()).isEqualTo(new MailStory(Status.OWED, Optional.of(NOW), Optional.of(LATER), 1, "450 busy"));
        entry = Optional.of(entry(new MailCondition.UnlessSeen(), GIVEN_UP).in(State.DEAD, "451 never"));
        assertThat(mail())
                .isEqualTo(new MailStory(Status.DEAD, Optional.of(GIVEN_UP), Optional.empty(), 0, "451 never"));
    }

    @Test
    void answerAboutOthersIsNotToldOfAMailThatWasSent() {
        for (Outcome others : List.of(Outcome.REFUSED, Outcome.WAITING)) {
            entry = Optional.of(
                    entry(new MailCondition.UnlessSeen(), Outcome.SENT, others).in(State.DONE, "550 no such user"));
            assertThat(mail()).isEqualTo(new MailStory(Status.SENT, Optional.of(LATER), Optional.empty(), 0, ""));
        }
    }

    @Test
    void outcomeIsToldWithItsTimeAndTheAnswer() {
        entry = Optional.of(entry(new MailCondition.UnlessSeen(), Outcome.SENT).in(State.DONE, "250 ok"));
        assertThat(mail()).isEqualTo(new MailStory(Status.SENT, Optional.of(LATER), Optional.empty(), 0, "250 ok"));
        for (Outcome outcome : List.of(Outcome.REFUSED, Outcome.PRESENT, Outcome.SEEN, Outcome.RETRACTED)) {
            entry = Optional.of(entry(new MailCondition.UnlessSeen(), outcome).in(State.DONE, "250 ok"));
            assertThat(mail())
                    .isEqualTo(new MailStory(
                            Status.valueOf(outcome.name()), Optional.of(LATER), Optional.empty(), 0, "why"));
        }
    }

    private MailStory mail() {
        return new Stories(new OneStory(), (publication, id) -> entry.filter(any -> publication.equals(FIRST)))
                .of(ID)
                .orElseThrow()
                .mail();
    }

    private static OutboxEntry<OwedMail> entry(MailCondition condition, Outcome outcome) {
        return entry(condition, outcome, Outcome.SENT);
    }

    private static OutboxEntry<OwedMail> entry(MailCondition condition, Outcome outcome, Outcome others) {
        return entry(condition, others, own(outcome));
    }

    private static OutboxEntry<OwedMail> entry(MailCondition condition, Instant givenUp) {
        Addressee own =
                new Addressee("anna", Optional.of(ID), "anna@a.example", Outcome.WAITING, Optional.of(givenUp), "");
        return entry(condition, Outcome.SENT, own);
    }

    private static Addressee own(Outcome outcome) {
        return new Addressee(
                "anna",
                Optional.of(ID),
                "anna@a.example",
                outcome,
                outcome == Outcome.WAITING ? Optional.empty() : Optional.of(LATER),
                outcome == Outcome.WAITING ? "" : "why");
    }

    private static OutboxEntry<OwedMail> entry(MailCondition condition, Outcome others, Addressee own) {
        Addressee other = new Addressee("ben", Optional.of(FIRST), "ben@a.example", others);
        return OutboxEntry.owed(
                FIRST + "-1", new OwedMail(FIRST, OwedMails.MAIL, List.of(other, own), condition), NOW, LATER);
    }

    /** Has one notification. */
    private final class OneStory implements StoryStore {
        @Override
        public void pushed(List<PublicationPushes> some) {}

        @Override
        public void present(Collection<NotificationKey> notifications, Instant at) {}

        @Override
        public void forgetPushes(Instant before) {}

        @Override
        public Optional<StoredStory> find(String id) {
            Notification one = new Notification(ID, "anna", Message.of("c"), false, NOW, NOW, origin);
            return Optional.of(new StoredStory(one, Optional.empty(), Optional.empty(), List.of(), presentAt));
        }
    }
}
