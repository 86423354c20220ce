package org.wsnotify.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Updates;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.wsnotify.login.LoggedLines;
import org.wsnotify.outbox.Addressee;
import org.wsnotify.outbox.Addressee.Outcome;
import org.wsnotify.outbox.MailCondition;
import org.wsnotify.outbox.MailOutbox;
import org.wsnotify.outbox.OutboxContract;
import org.wsnotify.outbox.OutboxEntry;
import org.wsnotify.outbox.OutboxEntry.State;
import org.wsnotify.outbox.OwedMail;
import org.wsnotify.outbox.OwedMails;

/** {@link MongoOutbox} on a substitute for MongoDB in this process. */
class MongoOutboxTest extends OutboxContract {

    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07.089Z");
    private static final Duration LEASE = Duration.ofMinutes(2);

    @RegisterExtension
    static final DatabasePerClass DATABASE = new DatabasePerClass(MongoTestDatabase::inProcess);

    @Override
    protected MailOutbox emptyOutbox() {
        return new MongoOutbox(DATABASE.connection());
    }

    @Test
    void anUnreadableDocumentIsPutOffAndTheOthersAreClaimed() {
        Document due = new Document(OutboxDocument.STATE, "OWED").append(OutboxDocument.DUE, NOW.minusSeconds(9));
        documents().insertOne(new Document(due).append(OutboxDocument.ID, "nothing in it"));
        documents().insertOne(new Document(due).append(OutboxDocument.ID, 7).append(OutboxDocument.ADDRESSEES, "anna"));
        MongoOutbox outbox = new MongoOutbox(DATABASE.connection());
        outbox.owe(List.of(OwedMails.entry("good", NOW)));

        try (LoggedLines log = new LoggedLines(MongoOutbox.class)) {
            assertThat(outbox.claim(NOW, LEASE)).map(OutboxEntry::id).contains("good");
            assertThat(outbox.claim(NOW, LEASE)).isEmpty();
            assertThat(log.lines()).hasSize(2);
        }
        assertThat(outbox.status().owed()).isEqualTo(3);
    }

    @Test
    void anEntryOfTheOlderFormIsClaimedAndSettled() {
        documents().insertOne(OlderEntries.document("f1-1", NOW, false, "anna"));
        documents().insertOne(OlderEntries.document("f1-c1", NOW.plusSeconds(5), true, "ben"));
        MongoOutbox outbox = new MongoOutbox(DATABASE.connection());
        assertThat(outbox.addresseesOf("f1")).containsOnlyKeys("f1-1", "f1-c1");

        OutboxEntry<OwedMail> first = outbox.claim(NOW, LEASE).orElseThrow();
        OutboxEntry<OwedMail> held = outbox.claim(NOW.plusSeconds(5), LEASE).orElseThrow();

        Addressee anna = new Addressee("anna", Optional.empty(), "anna@e.example", Outcome.WAITING);
        assertThat(first.owed()).isEqualTo(new OwedMail("f1", OlderEntries.MAIL, List.of(anna), OwedMails.UNLESS_SEEN));
        assertThat(held.owed().publication()).isEqualTo("f1");
        assertThat(held.owed().condition()).isEqualTo(OwedMails.UNLESS_PRESENT);
        OwedMail sent = first.owed().withAddressees(List.of(anna.with(Outcome.SENT)));
        assertThat(outbox.settle(first, first.withOwed(sent).in(State.DONE, "250")))
                .isTrue();
        assertThat(outbox.addresseesOf("f1")).containsEntry("f1-1", sent.addressees());
    }

    /** While servers are updated one after the other, those that are not yet send mail, too. */
    @ParameterizedTest
    @MethodSource("conditions")
    void earlierVersionsKnowAllWordsOfAnEntry(MailCondition condition, String word) {
        MongoOutbox outbox = new MongoOutbox(DATABASE.connection());
        outbox.owe(List.of(OutboxEntry.owed(
                "a", OwedMails.owed("a", OwedMails.MAIL, condition, "anna", "ben", "cleo", "dora", "emil"), NOW, NOW)));
        OutboxEntry<OwedMail> claimed = outbox.claim(NOW, LEASE).orElseThrow();
        assertThat(claimed.owed().condition()).isEqualTo(condition);
        List<Outcome> outcomes =
                List.of(Outcome.SEEN, Outcome.RETRACTED, Outcome.PRESENT, Outcome.SENT, Outcome.WAITING);
        List<Addressee> settled = IntStream.range(0, outcomes.size())
                .mapToObj(i -> claimed.owed().addressees().get(i).with(outcomes.get(i)))
                .toList();

        outbox.settle(
                claimed,
                claimed.withOwed(claimed.owed().withAddressees(settled)).givenBack(NOW));

        Document stored = documents().find().first();
        assertThat(stored.getString("condition")).isEqualTo(word);
        assertThat(stored.getList(OutboxDocument.ADDRESSEES, Document.class))
                .extracting(one -> one.getString("outcome"))
                .containsExactly("PRESENT", "PRESENT", "PRESENT", "SENT", "WAITING");
        assertThat(outbox.claim(NOW, LEASE).orElseThrow().owed())
                .isEqualTo(claimed.owed().withAddressees(settled));
    }

    static List<Arguments> conditions() {
        return List.of(
                Arguments.of(OwedMails.ALWAYS, "ALWAYS"),
                Arguments.of(OwedMails.UNLESS_SEEN, "ALWAYS"),
                Arguments.of(OwedMails.UNLESS_PRESENT, "UNLESS_PRESENT"));
    }

    @Test
    void entryOfAnUnreleasedVersionIsRead() {
        MongoOutbox outbox = new MongoOutbox(DATABASE.connection());
        outbox.owe(List.of(OwedMails.entry("a", NOW, "anna")));
        documents().updateMany(new Document(), Updates.set("condition", "FORCED"));

        assertThat(outbox.claim(NOW, LEASE).orElseThrow().owed().condition()).isEqualTo(OwedMails.ALWAYS);
    }

    @Test
    void settlingAgainDoesNotTakeAwayALaterClaim() {
        MongoOutbox outbox = new MongoOutbox(DATABASE.connection());
        outbox.owe(List.of(OwedMails.entry("a", NOW, "anna")));
        OutboxEntry<OwedMail> first = outbox.claim(NOW, LEASE).orElseThrow();
        outbox.settle(first, first.givenBack(NOW));
        OutboxEntry<OwedMail> second = outbox.claim(NOW, LEASE).orElseThrow();
        assertThat(second.dueAt()).as("cannot be told apart").isEqualTo(first.dueAt());

        assertThat(outbox.settle(first, first.givenBack(NOW))).as("done before").isTrue();

        assertThat(outbox.claim(NOW, LEASE)).isEmpty();
        assertThat(outbox.settle(second, second.in(State.DONE, "250"))).isTrue();
    }

    @Test
    void eachEntryNotesOnlyItsOwnAddressees() {
        notesOnlyItsOwnAddressees(DATABASE.connection());
    }

    /** Ids that look like an expression are users too. */
    static void notesOnlyItsOwnAddressees(MongoConnection connection) {
        MongoOutbox outbox = new MongoOutbox(connection);
        outbox.owe(
                List.of(held("f1-c1", "anna", "$bert", "cleo"), held("f1-c2", "dora", "anna"), held("f1-c3", "emil")));

        Set<String> many = IntStream.range(0, MongoOutbox.FEW_USERS)
                .mapToObj(i -> "nobody " + i)
                .collect(Collectors.toCollection(HashSet::new));
        many.addAll(Set.of("anna", "cleo"));

        outbox.present(Map.of("f1", Set.of("anna", "$bert", "nobody")), NOW);
        outbox.present(Map.of("f1", many), NOW);

        Map<Object, List<String>> present = new HashMap<>();
        connection
                .collection(MongoOutbox.COLLECTION)
                .find()
                .forEach(one -> present.put(
                        one.get(OutboxDocument.ID), one.getList(OutboxDocument.PRESENT, String.class, List.of())));
        assertThat(present.get("f1-c1")).containsExactlyInAnyOrder("anna", "$bert", "cleo");
        assertThat(present.get("f1-c2")).containsExactly("anna");
        assertThat(present.get("f1-c3")).isEmpty();
    }

    private static OutboxEntry<OwedMail> held(String id, String... users) {
        OwedMail mail = OwedMails.owed("f1", OwedMails.MAIL, OwedMails.UNLESS_PRESENT, users);
        return OutboxEntry.owed(id, mail, NOW, NOW);
    }

    private static MongoCollection<Document> documents() {
        return DATABASE.connection().collection(MongoOutbox.COLLECTION);
    }
}
