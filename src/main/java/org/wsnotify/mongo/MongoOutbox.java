package org.wsnotify.mongo;

import static com.mongodb.client.model.Projections.excludeId;
import static com.mongodb.client.model.Projections.fields;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Sorts.ascending;
import static com.mongodb.client.model.Updates.addEachToSet;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.inc;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.unset;
import static org.wsnotify.mongo.OutboxDocument.ADDRESSEES;
import static org.wsnotify.mongo.OutboxDocument.ADDRESSEE_IDS;
import static org.wsnotify.mongo.OutboxDocument.ATTEMPTS;
import static org.wsnotify.mongo.OutboxDocument.CLAIM;
import static org.wsnotify.mongo.OutboxDocument.CREATED;
import static org.wsnotify.mongo.OutboxDocument.DUE;
import static org.wsnotify.mongo.OutboxDocument.ID;
import static org.wsnotify.mongo.OutboxDocument.LAST_ANSWER;
import static org.wsnotify.mongo.OutboxDocument.PRESENT;
import static org.wsnotify.mongo.OutboxDocument.PRESENT_TIMES;
import static org.wsnotify.mongo.OutboxDocument.PUBLICATION;
import static org.wsnotify.mongo.OutboxDocument.SETTLEMENT;
import static org.wsnotify.mongo.OutboxDocument.STATE;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.UpdateManyModel;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.WriteModel;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;
import org.wsnotify.notification.StoreUnavailableException;
import org.wsnotify.outbox.Addressee;
import org.wsnotify.outbox.MailOutbox;
import org.wsnotify.outbox.OutboxEntry;
import org.wsnotify.outbox.OutboxStatus;
import org.wsnotify.outbox.OwedMail;

/**
 * The outbox of mail in the collection {@value #COLLECTION}.
 *
 * <p>A claim is identified by its attempt and by the end of its lease. A lost claim stays counted, so that every later
 * claim has another attempt. A claim that was given back does not count: the next one has the same attempt, but the
 * entry tells how the earlier one was settled. So an earlier claimer cannot change the entry any more. If the answer to
 * an operation was lost, its repetition recognises what was done. If the server carries out a claim after this class
 * gave it up, the entry is due again when the lease ends: late, but not lost.
 *
 * <p>A document that cannot be read stays owed and is put off for a while, so that an operator can repair it. Safe for
 * use by many threads.
 */
public final class MongoOutbox implements MailOutbox {

    static final String COLLECTION = "ws_outbox";

    private static final Logger LOG = System.getLogger(MongoOutbox.class.getName());
    private static final Duration UNREADABLE_AGAIN = Duration.ofHours(1);

    /** How often a mail is settled anew because users were erased meanwhile. */
    private static final int MOST_ATTEMPTS = 100;

    /** Up to so many users of a publication are noted without reading its entries. */
    static final int FEW_USERS = 10;

    private static final BulkWriteOptions UNORDERED = new BulkWriteOptions().ordered(false);
    private static final FindOneAndUpdateOptions AFTER =
            new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER);
    private static final FindOneAndUpdateOptions LONGEST_DUE =
            new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER).sort(ascending(DUE));

    private final MongoDatabase database;
    private final MongoCollection<Document> collection;
    private final MongoRetry retry;
    private final RepeatableInsert<Document> inserts;

    public MongoOutbox(MongoConnection connection) {
        this.database = connection.database();
        this.collection = connection.collection(COLLECTION);
        this.retry = connection.retry();
        this.inserts = new RepeatableInsert<>(collection, retry);
    }

    @Override
    public void owe(List<OutboxEntry<OwedMail>> entries) {
        inserts.insert("owing mail", entries.stream().map(OutboxDocument::of).toList());
    }

    @Override
    public Map<String, List<Addressee>> addresseesOf(String publication) {
        Document range = new Document("$gt", publication + '-').append("$lt", publication + (char) ('-' + 1));
        Document its = new Document(ID, range)
                .append(PUBLICATION, new Document("$in", Arrays.asList(publication, null))); // null: the older form
        return retry.call("reading mail", again -> {
            Map<String, List<Addressee>> found = new HashMap<>();
            collection
                    .find(its)
                    .projection(include(ADDRESSEES))
                    .forEach(document -> found.put(document.getString(ID), OutboxDocument.readAddressees(document)));
            return found;
        });
    }

    @Override
    public Optional<OutboxEntry<OwedMail>> find(String publication, String notificationId) {
        Document which = new Document(
                        ID, new Document("$gt", publication + '-').append("$lt", publication + (char) ('-' + 1)))
                .append(OutboxDocument.ADDRESSEE_NOTIFICATIONS, notificationId);
        return retry.call(
                        "reading mail",
                        again -> Optional.ofNullable(collection.find(which).first()))
                .map(OutboxDocument::read);
    }

    @Override
    public void present(Map<String, Set<String>> users, Instant at) {
        retry.call("noting who is present", again -> {
            List<WriteModel<Document>> notes = new ArrayList<>();
            users.forEach((publication, some) -> notes.addAll(notes(publication, some, at)));
            return notes.isEmpty() ? null : collection.bulkWrite(notes, UNORDERED);
        });
    }

    /** Notes each user in the entries that concern the user: all users would be too much for each of many entries. */
    private List<WriteModel<Document>> notes(String publication, Set<String> users, Instant at) {
        return users.size() > FEW_USERS ? byEntry(publication, users, at) : byUser(publication, users, at);
    }

    private static List<WriteModel<Document>> byUser(String publication, Set<String> users, Instant at) {
        List<WriteModel<Document>> notes = new ArrayList<>();
        for (String user : users) {
            Document concerned = heldOf(publication).append(ADDRESSEE_IDS, user);
            notes.add(new UpdateManyModel<>(concerned, note(List.of(user), at)));
        }
        return notes;
    }

    /** Reads the addressees first. Takes less time than {@link #byUser} if there are many users and many entries. */
    private List<WriteModel<Document>> byEntry(String publication, Set<String> users, Instant at) {
        List<WriteModel<Document>> notes = new ArrayList<>();
        collection.find(heldOf(publication)).projection(include(ADDRESSEE_IDS)).forEach(entry -> {
            List<String> present = OutboxDocument.readAddresseeIds(entry).stream()
                    .filter(users::contains)
                    .toList();
            if (!present.isEmpty()) {
                // Users who were erased meanwhile must not come back.
                Document same = new Document(ID, entry.get(ID))
                        .append(
                                "$and",
                                present.stream()
                                        .map(user -> new Document(ADDRESSEE_IDS, user))
                                        .toList());
                notes.add(new UpdateOneModel<>(same, note(present, at)));
            }
        });
        return notes;
    }

    private static Bson note(List<String> users, Instant at) {
        List<Document> times =
                users.stream().map(user -> OutboxDocument.presentTime(user, at)).toList();
        return combine(addEachToSet(PRESENT, users), addEachToSet(PRESENT_TIMES, times));
    }

    @Override
    public Optional<OutboxEntry<OwedMail>> claim(Instant now, Duration lease) {
        Optional<Document> next = claimNext(now, now.plus(lease));
        while (next.isPresent()) {
            try {
                return next.map(OutboxDocument::read);
            } catch (RuntimeException e) { // damaged, or written by a later version
                putOff(next.get(), now, e);
                next = claimNext(now, now.plus(lease));
            }
        }
        return Optional.empty();
    }

    @Override
    public Optional<OutboxEntry<OwedMail>> renew(OutboxEntry<OwedMail> claimed, Instant leaseEnd) {
        ObjectId renewal = new ObjectId();
        Bson longer = combine(set(DUE, leaseEnd), set(CLAIM, renewal));
        return retry.call("renewing a lease", again -> {
                    Optional<Document> held = changed(held(claimed), longer);
                    return again ? held.or(() -> changed(renewed(claimed, leaseEnd, renewal), longer)) : held;
                })
                .map(OutboxDocument::read);
    }

    @Override
    public boolean settle(OutboxEntry<OwedMail> claimed, OutboxEntry<OwedMail> settled) {
        String settlement = settlement(claimed, settled);
        Document unsettled = held(claimed).append(SETTLEMENT, new Document("$ne", settlement));
        return retry.call("settling mail", again -> {
            OutboxEntry<OwedMail> rest = settled;
            for (int i = 0; i < MOST_ATTEMPTS; i++) {
                Document same = new Document(unsettled)
                        .append(
                                ADDRESSEES,
                                new Document("$size", rest.owed().addressees().size()));
                if (collection.updateOne(same, outcome(rest, settlement)).getMatchedCount() > 0) {
                    return true;
                }
                Document now = collection
                        .find(unsettled)
                        .projection(include(ADDRESSEES))
                        .first();
                if (now == null) {
                    return settledAs(claimed.id(), settlement);
                }
                rest = withoutTheErased(rest, OutboxDocument.readAddressees(now));
            }
            throw new StoreUnavailableException("the addressees of a mail change all the time");
        });
    }

    private static Bson outcome(OutboxEntry<OwedMail> settled, String settlement) {
        return combine(
                set(ADDRESSEES, OutboxDocument.addressees(settled)),
                set(STATE, settled.state().name()),
                set(DUE, settled.dueAt()),
                set(ATTEMPTS, settled.attempts()),
                set(LAST_ANSWER, settled.lastAnswer()),
                set(SETTLEMENT, settlement),
                unset(CLAIM));
    }

    /** Leaves out those whose users were erased meanwhile. */
    private static OutboxEntry<OwedMail> withoutTheErased(OutboxEntry<OwedMail> entry, List<Addressee> stored) {
        return entry.withOwed(entry.owed()
                .withAddressees(entry.owed().addressees().stream()
                        .filter(one -> stored.stream().anyMatch(one::isSameAs))
                        .toList()));
    }

    @Override
    public OutboxStatus status() {
        return retry.call("counting mail", again -> new OutboxStatus(owed(), Optional.ofNullable(oldest())));
    }

    @Override
    public void forget(Instant before) {
        List<String> settled = List.of(OutboxEntry.State.DONE.name(), OutboxEntry.State.DEAD.name());
        Document old = new Document(STATE, new Document("$in", settled)).append(CREATED, new Document("$lt", before));
        retry.call("forgetting mail", again -> collection.deleteMany(old));
    }

    private Optional<Document> claimNext(Instant now, Instant leaseEnd) {
        ObjectId claim = new ObjectId();
        return retry.call("claiming mail", again -> {
            Optional<Document> own = again ? claimed(claim, leaseEnd) : Optional.empty();
            return own.or(() -> claim(claim, now, leaseEnd));
        });
    }

    private void putOff(Document document, Instant now, RuntimeException why) {
        Object id = document.get(ID);
        LOG.log(
                Level.WARNING,
                "Mail {0} cannot be read ({1}) and is tried again in {2}",
                id,
                why.getClass().getName(),
                UNREADABLE_AGAIN);
        Bson later = combine(set(DUE, now.plus(UNREADABLE_AGAIN)), unset(CLAIM));
        retry.call("putting mail off", again -> collection.updateOne(new Document(ID, id), later));
    }

    private Optional<Document> claim(ObjectId claim, Instant now, Instant leaseEnd) {
        Bson taken = combine(set(DUE, leaseEnd), set(CLAIM, claim), inc(ATTEMPTS, 1));
        // The same as $lte, since times are whole milliseconds. The database of the tests leaves out the last key of
        // $lte.
        Document due = owedEntries().append(DUE, new Document("$lt", now.plusMillis(1)));
        return Optional.ofNullable(collection.findOneAndUpdate(due, taken, LONGEST_DUE));
    }

    /** Returns what this claim got before. A write, because only a write waits until a majority has the claim. */
    private Optional<Document> claimed(ObjectId claim, Instant leaseEnd) {
        return changed(owedEntries().append(DUE, leaseEnd).append(CLAIM, claim), set(CLAIM, claim));
    }

    private Optional<Document> changed(Bson which, Bson change) {
        return Optional.ofNullable(collection.findOneAndUpdate(which, change, AFTER));
    }

    private static Document owedEntries() {
        return new Document(STATE, OutboxEntry.State.OWED.name());
    }

    private static Document owedEntry(String id) {
        return owedEntries().append(ID, id);
    }

    /**
     * Finds the held entries of a publication by their ids, see {@link org.wsnotify.outbox.MailPlan}. Includes those
     * that are done, where nobody reads the note: a condition on the state would make another index possible.
     */
    private static Document heldOf(String publication) {
        return new Document(ID, new Document("$gt", publication + "-c").append("$lt", publication + "-d"));
    }

    /** Finds the entry if it is still claimed as given. */
    private static Document held(OutboxEntry<OwedMail> claimed) {
        return owedEntry(claimed.id())
                .append(ATTEMPTS, claimed.attempts())
                .append(DUE, claimed.dueAt())
                .append(CLAIM, new Document("$exists", true));
    }

    /** Finds the entry if this renewal was carried out before. */
    private static Document renewed(OutboxEntry<OwedMail> claimed, Instant leaseEnd, ObjectId renewal) {
        return owedEntry(claimed.id()).append(DUE, leaseEnd).append(CLAIM, renewal);
    }

    private boolean settledAs(String id, String settlement) {
        Document settled = collection
                .find(new Document(ID, id).append(SETTLEMENT, settlement))
                .projection(include(ID))
                .first();
        return settled != null;
    }

    private static String settlement(OutboxEntry<OwedMail> claimed, OutboxEntry<OwedMail> settled) {
        return claimed.attempts() + " " + claimed.dueAt().toEpochMilli() + " " + settled.state() + " "
                + settled.dueAt().toEpochMilli();
    }

    /** Uses the command that counts in the index: the driver's own method reads the documents. */
    private long owed() {
        Document counted = database.runCommand(new Document("count", COLLECTION).append("query", owedEntries()));
        return counted.get("n", Number.class).longValue();
    }

    private Instant oldest() {
        Document oldest = collection
                .find(owedEntries())
                .sort(ascending(CREATED))
                .projection(fields(include(CREATED), excludeId()))
                .first();
        return oldest != null && oldest.get(CREATED) instanceof Date created ? created.toInstant() : null;
    }
}
