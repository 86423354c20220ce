package org.wsnotify.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wsnotify.delivery.DeliveryFixture.counts;
import static org.wsnotify.delivery.DeliveryFixture.publication;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wsnotify.delivery.DeliveryFixture;
import org.wsnotify.delivery.FailingStore;
import org.wsnotify.session.Envelope;
import org.wsnotify.session.Envelope.Question;
import org.wsnotify.session.RecordingSession;

class InboxTest {

    @TempDir
    Path directory;

    private volatile boolean countsFail;
    private DeliveryFixture fixture;
    private Inbox inbox;

    @BeforeEach
    void open() {
        fixture = new DeliveryFixture(
                directory,
                store -> FailingStore.around(store, method -> countsFail && method.startsWith("readUnseen")));
        inbox = fixture.inbox(2, 3, 10);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void unseenIsOldestFirstAndLimitedInNumberAndText() {
        for (String content : List.of("aaaa", "bbbb", "cc", "d")) {
            publish(content, "anna");
        }
        assertThat(contents(inbox.unseen("anna"))).containsExactly("aaaa", "bbbb", "cc");

        publish("one that is too long", "ben");
        publish("another one", "ben");
        assertThat(contents(inbox.unseen("ben"))).containsExactly("one that is too long");
    }

    @Test
    void pagesAreNewestFirstAndEndEmpty() {
        String third = null;
        for (String content : List.of("1", "2", "3", "4", "5")) {
            String id = publish(content, "anna");
            third = content.equals("3") ? id : third;
        }
        assertThat(contents(inbox.page("anna", 0))).containsExactly("5", "4");
        assertThat(contents(inbox.page("anna", 2))).containsExactly("1");
        assertThat(contents(inbox.page("anna", 3))).isEmpty();
        assertThat(contents(inbox.page("anna", Integer.MAX_VALUE))).isEmpty();
        assertThat(contents(inbox.before("anna", third))).containsExactly("2", "1");
    }

    @Test
    void boundedPagesRepeatTheirQuestionAndTellWhetherThereIsMore() {
        String first = publish("aaaa", "anna");
        String second = publish("bbbb", "anna");
        String third = publish("cccc", "anna");
        inbox.markSeen("anna", List.of(second));

        assertAnswer(inbox.newest("anna", Optional.empty(), 8), new Question.Page(0), true, "cccc", "bbbb");
        assertAnswer(inbox.newest("anna", Optional.empty(), 7), new Question.Page(0), true, "cccc");
        assertAnswer(inbox.newest("anna", Optional.of(third), 8), new Question.Before(third), false, "bbbb", "aaaa");
        assertAnswer(inbox.newestUnseen("anna", Optional.empty(), 8), new Question.Unseen(), false, "cccc", "aaaa");
        assertAnswer(inbox.newestUnseen("anna", Optional.empty(), 1), new Question.Unseen(), true, "cccc");
        assertAnswer(
                inbox.newestUnseen("anna", Optional.of(third), 1), new Question.UnseenBefore(third), false, "aaaa");
        assertAnswer(inbox.newestUnseen("anna", Optional.of(first), 1), new Question.UnseenBefore(first), false);
        assertThat(inbox.before("anna", third).more()).isEmpty();
        assertThat(inbox.unseen("anna").more()).isEmpty();
    }

    private static void assertAnswer(
            Envelope.Notifications answer, Question question, boolean more, String... contents) {
        assertThat(contents(answer)).containsExactly(contents);
        assertThat(answer.answers()).contains(question);
        assertThat(answer.more()).contains(more);
    }

    @Test
    void markSeenTellsAllSessionsOfTheUserAndIgnoresForeignIds() {
        String own = publish("own", "anna");
        publish("another", "anna");
        String foreign = publish("foreign", "ben");
        RecordingSession phone = fixture.online("anna");
        RecordingSession desk = fixture.online("anna");
        RecordingSession ben = fixture.online("ben");

        assertThat(inbox.markSeen("anna", List.of(foreign, own))).containsExactly(own);

        Envelope told = new Envelope.Seen(List.of(own), Optional.empty(), counts(1));
        assertThat(phone.sent()).containsExactly(told);
        assertThat(desk.sent()).containsExactly(told);
        assertThat(ben.sent()).isEmpty();
        assertThat(inbox.counts("ben").total()).isEqualTo(1);
    }

    @Test
    void deleteTellsAllSessionsAndRemovesTheNotification() {
        String own = publish("own", "anna");
        RecordingSession session = fixture.online("anna");

        assertThat(inbox.delete("anna", List.of(own))).containsExactly(own);

        assertThat(session.sent()).containsExactly(new Envelope.Deleted(List.of(own), counts(0)));
        assertThat(contents(inbox.page("anna", 0))).isEmpty();
    }

    @Test
    void markAllSeenTellsTheNewestId() {
        publish("one", "anna");
        String newest = publish("two", "anna");
        RecordingSession session = fixture.online("anna");

        inbox.markAllSeen("anna", Optional.empty());

        assertThat(session.sent()).containsExactly(new Envelope.Seen(List.of(), Optional.of(newest), counts(0)));
        assertThat(contents(inbox.unseen("anna"))).isEmpty();
    }

    @Test
    void changeIsToldToAllSessionsEvenWithoutCounts() {
        String seen = publish("one", "anna");
        String deleted = publish("two", "anna");
        RecordingSession session = fixture.online("anna");
        countsFail = true;

        inbox.markSeen("anna", List.of(seen));
        inbox.delete("anna", List.of(deleted));
        countsFail = false;

        assertThat(session.sent())
                .startsWith(
                        new Envelope.Seen(List.of(seen), Optional.empty(), Optional.empty()),
                        new Envelope.Deleted(List.of(deleted), Optional.empty()));
        Awaitility.await()
                .untilAsserted(() -> assertThat(session.sent(Envelope.Counts.class))
                        .extracting(Envelope.Counts::unseen)
                        .endsWith(counts(0).orElseThrow()));
    }

    private String publish(String content, String user) {
        return fixture.notifier()
                .publish(publication(content, user))
                .lines()
                .get(0)
                .id();
    }

    private static List<String> contents(Envelope.Notifications answer) {
        return answer.items().stream().map(item -> item.message().content()).toList();
    }
}
