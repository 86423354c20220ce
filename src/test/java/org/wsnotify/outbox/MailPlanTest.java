package org.wsnotify.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.wsnotify.mail.Mail;

class MailPlanTest {
    private static final Instant CREATED = Instant.parse("2026-03-01T12:00:00Z");
    private static final Instant LATER = CREATED.plusSeconds(60);
    private static final Mail MAIL = new Mail("s", "c", "1.0", "text/html");

    @Test
    void recipientsAreDividedIntoChunksInTheirOrder() {
        List<OutboxEntry<OwedMail>> entries = plan().owe(recipients(120), false);

        assertThat(entries)
                .extracting(entry -> entry.owed().addressees().size())
                .containsExactly(50, 50, 20);
        assertThat(entries).extracting(OutboxEntry::id).containsExactly("f1-1", "f1-2", "f1-3");
        assertThat(entries.get(2).owed().addressees().get(19).email()).isEqualTo("u119@a.example");
        assertThat(entries).allSatisfy(entry -> {
            assertThat(entry.owed().publication()).isEqualTo("f1");
            assertThat(entry.owed().condition()).isEqualTo(OwedMails.UNLESS_SEEN);
            assertThat(entry.createdAt()).isEqualTo(CREATED);
            assertThat(entry.dueAt()).isEqualTo(CREATED);
            assertThat(entry.attempts()).isZero();
        });
    }

    @Test
    void noChunkIsTooLargeOrEmpty() {
        assertThat(plan().owe(recipients(50), false)).hasSize(1);
        assertThat(plan().owe(recipients(51), false)).hasSize(2);
        assertThat(plan().owe(List.of(), false)).isEmpty();
    }

    @Test
    void theSamePublicationGivesTheSameEntries() {
        assertThat(plan().owe(recipients(70), false)).isEqualTo(plan().owe(recipients(70), false));
    }

    @Test
    void anAddressGetsTheMailOnceInAnySpellingOfItsDomain() {
        List<OutboxEntry<OwedMail>> entries = plan().owe(
                        List.of(
                                Addressee.waiting("1", "n1", "anna@a.example"),
                                Addressee.waiting("2", "n2", "anna@A.Example"),
                                Addressee.waiting("3", "n3", "Anna@a.example")),
                        false);

        assertThat(entries)
                .singleElement()
                .satisfies(entry -> assertThat(entry.owed().addressees())
                        .containsExactly(
                                Addressee.waiting("1", "n1", "anna@a.example"),
                                Addressee.waiting("2", "n2", "anna@a.example"),
                                Addressee.waiting("3", "n3", "Anna@a.example")));
    }

    @Test
    void recipientsWithTheSameAddressCountOnceInAChunk() {
        List<Addressee> sharing = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            sharing.add(Addressee.waiting("s" + i, "n" + i, "team@a.example"));
        }

        assertThat(plan().owe(sharing, false)).hasSize(1);
    }

    @Test
    void recipientsWithoutAnAddressAreOmitted() {
        assertThat(plan().owe(List.of(Addressee.waiting("1", "n1", "")), false)).isEmpty();
    }

    @Test
    void heldMailHasIdsOfItsOwnAndIsDueLater() {
        List<OutboxEntry<OwedMail>> entries = plan().holdBack(recipients(60), LATER);

        assertThat(entries).extracting(OutboxEntry::id).containsExactly("f1-c1", "f1-c2");
        assertThat(entries).allMatch(entry -> entry.owed().condition().equals(OwedMails.UNLESS_PRESENT));
        assertThat(entries).extracting(OutboxEntry::dueAt).containsOnly(LATER);
        assertThat(entries).extracting(OutboxEntry::createdAt).containsOnly(CREATED);
    }

    @Test
    void anAddressThatGetsTheMailAnywayIsNotHeldToo() {
        MailPlan plan = plan();
        plan.owe(List.of(Addressee.waiting("1", "n1", "team@a.example")), false);

        assertThat(plan.holdBack(List.of(Addressee.waiting("2", "n2", "team@A.EXAMPLE")), LATER))
                .isEmpty();
    }

    @Test
    void mailOwedBeforeIsNotPlannedAgainAndKeepsItsIds() {
        List<Addressee> before =
                List.of(Addressee.waiting("u0", "n0", "u0@A.example"), Addressee.waiting("u1", "n1", "u1@a.example"));
        MailPlan plan = new MailPlan("f1", MAIL, CREATED, 2, Map.of("f1-2", before));

        List<OutboxEntry<OwedMail>> entries = plan.owe(recipients(7), false);

        assertThat(entries).extracting(OutboxEntry::id).containsExactly("f1-1", "f1-3", "f1-4");
        assertThat(entries)
                .flatExtracting(entry -> entry.owed().addressees())
                .extracting(Addressee::userId)
                .containsExactly("u2", "u3", "u4", "u5", "u6");
        assertThat(plan.holdBack(recipients(7), LATER)).isEmpty();
    }

    @Test
    void aChunkSizeOfZeroIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new MailPlan("f1", MAIL, CREATED, 0, Map.of()));
    }

    private static MailPlan plan() {
        return new MailPlan("f1", MAIL, CREATED, 50, Map.of());
    }

    private static List<Addressee> recipients(int count) {
        List<Addressee> recipients = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            recipients.add(Addressee.waiting("u" + i, "n" + i, "u" + i + "@a.example"));
        }
        return recipients;
    }
}
