package org.wsnotify.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Projections.excludeId;
import static com.mongodb.client.model.Projections.fields;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Sorts.ascending;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.inc;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.unset;
import static org.wsnotify.mongo.OutboxDocument.ADDRESSEES;
import static org.wsnotify.mongo.OutboxDocument.ATTEMPTS;
import static org.wsnotify.mongo.OutboxDocument.CLAIM;
import static org.wsnotify.mongo.OutboxDocument.CREATED;
import static org.wsnotify.mongo.OutboxDocument.DUE;
import static org.wsnotify.mongo.OutboxDocument.ID;
import static org.wsnotify.mongo.OutboxDocument.LAST_ANSWER;
import static org.wsnotify.mongo.OutboxDocument.SETTLEMENT;
import static org.wsnotify.mongo.OutboxDocument.STATE;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;
import org.wsnotify.outbox.Addressee;
import org.wsnotify.outbox.Outbox;
import org.wsnotify.outbox.OutboxEntry;
import org.wsnotify.outbox.OutboxStatus;

/**
 * The outbox in the collection {@value #COLLECTION}.
 *
 * <p>A claim is known by the number of its attempt, which only ever grows, and by the end of its lease: whoever claims
 * later has another one, so that nobody changes what is not his any more. What was done by an attempt whose answer was
 * lost is recognised when it is repeated. A document that cannot be read is left alone for a while and stays owed, for
 * somebody to mend. Should the server carry out a claim only after it was given up here, the entry is due again when
 * the lease ends: late, not lost. Safe for use by many threads.
 */
public final class MongoOutbox implements Outbox {

    static final String COLLECTION = "ws_outbox";

    private static final Logger LOG = System.getLogger(MongoOutbox.class.getName());
    private static final Duration DAMAGED_AGAIN = Duration.ofHours(1);

    private static final Bson OWED = eq(STATE, OutboxEntry.State.OWED.name());
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
    public void owe(List<OutboxEntry> entries) {
        inserts.insert("owing mail", entries.stream().map(OutboxDocument::of).toList());
    }

    @Override
    public Map<String, List<Addressee>> addresseesOf(String publication) {
        Bson its = and(gt(ID, publication + '-'), lt(ID, publication + (char) ('-' + 1)));
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
    public Optional<OutboxEntry> claim(Instant now, Duration lease) {
        Optional<Document> next = claimNext(now, now.plus(lease));
        while (next.isPresent()) {
            try {
                return next.map(OutboxDocument::read);
            } catch (RuntimeException e) { // damaged, or of a later version
                leaveAlone(next.get(), now, e);
                next = claimNext(now, now.plus(lease));
            }
        }
        return Optional.empty();
    }

    @Override
    public Optional<OutboxEntry> renew(OutboxEntry claimed, Instant leaseEnd) {
        ObjectId renewal = new ObjectId();
        Bson longer = combine(set(DUE, leaseEnd), set(CLAIM, renewal));
        return retry.call("renewing a lease", again -> {
                    Optional<Document> held = changed(held(claimed), longer);
                    return again ? held.or(() -> changed(renewed(claimed, leaseEnd, renewal), longer)) : held;
                })
                .map(OutboxDocument::read);
    }

    @Override
    public boolean settle(OutboxEntry claimed, OutboxEntry settled) {
        String settlement = settlement(claimed, settled);
        Bson outcome = combine(
                set(ADDRESSEES, OutboxDocument.addressees(settled)),
                set(STATE, settled.state().name()),
                set(DUE, settled.dueAt()),
                set(LAST_ANSWER, settled.lastAnswer()),
                set(SETTLEMENT, settlement),
                unset(CLAIM));
        return retry.call(
                "settling mail",
                again -> collection.updateOne(held(claimed), outcome).getMatchedCount() > 0
                        || settledAs(claimed.id(), settlement));
    }

    @Override
    public OutboxStatus status() {
        return retry.call("counting mail", again -> new OutboxStatus(owed(), Optional.ofNullable(oldest())));
    }

    @Override
    public void forget(Instant before) {
        Bson over = in(STATE, OutboxEntry.State.DONE.name(), OutboxEntry.State.DEAD.name());
        retry.call("forgetting mail", again -> collection.deleteMany(and(over, lt(CREATED, before))));
    }

    private Optional<Document> claimNext(Instant now, Instant leaseEnd) {
        ObjectId claim = new ObjectId();
        return retry.call("claiming mail", again -> {
            Optional<Document> own = again ? claimed(claim, leaseEnd) : Optional.empty();
            return own.or(() -> claim(claim, now, leaseEnd));
        });
    }

    private void leaveAlone(Document document, Instant now, RuntimeException why) {
        Object id = document.get(ID);
        LOG.log(
                Level.WARNING,
                "Mail {0} cannot be read ({1}) and is looked at again in {2}",
                id,
                why.getClass().getName(),
                DAMAGED_AGAIN);
        Bson later = combine(set(DUE, now.plus(DAMAGED_AGAIN)), unset(CLAIM));
        retry.call("putting mail off", again -> collection.updateOne(eq(ID, id), later));
    }

    private Optional<Document> claim(ObjectId claim, Instant now, Instant leaseEnd) {
        Bson taken = combine(set(DUE, leaseEnd), set(CLAIM, claim), inc(ATTEMPTS, 1));
        return Optional.ofNullable(collection.findOneAndUpdate(and(OWED, lte(DUE, now)), taken, LONGEST_DUE));
    }

    /** What this claim got before: by a write, since only that waits until a majority has the claim. */
    private Optional<Document> claimed(ObjectId claim, Instant leaseEnd) {
        return changed(and(OWED, eq(DUE, leaseEnd), eq(CLAIM, claim)), set(CLAIM, claim));
    }

    private Optional<Document> changed(Bson which, Bson change) {
        return Optional.ofNullable(collection.findOneAndUpdate(which, change, AFTER));
    }

    /** The entry, if it is still claimed as given. */
    private static Bson held(OutboxEntry claimed) {
        return and(
                eq(ID, claimed.id()), OWED, eq(ATTEMPTS, claimed.attempts()), eq(DUE, claimed.dueAt()), exists(CLAIM));
    }

    /** The entry, if this renewal was carried out before. */
    private static Bson renewed(OutboxEntry claimed, Instant leaseEnd, ObjectId renewal) {
        return and(eq(ID, claimed.id()), OWED, eq(DUE, leaseEnd), eq(CLAIM, renewal));
    }

    private boolean settledAs(String id, String settlement) {
        Document settled = collection
                .find(and(eq(ID, id), eq(SETTLEMENT, settlement)))
                .projection(include(ID))
                .first();
        return settled != null;
    }

    private static String settlement(OutboxEntry claimed, OutboxEntry settled) {
        return claimed.attempts() + " " + claimed.dueAt().toEpochMilli() + " " + settled.state() + " "
                + settled.dueAt().toEpochMilli();
    }

    /** By the command that counts in the index: the driver's own way to count reads the documents. */
    private long owed() {
        Document counted = database.runCommand(new Document("count", COLLECTION).append("query", OWED));
        return counted.get("n", Number.class).longValue();
    }

    private Instant oldest() {
        Document oldest = collection
                .find(OWED)
                .sort(ascending(CREATED))
                .projection(fields(include(CREATED), excludeId()))
                .first();
        return oldest != null && oldest.get(CREATED) instanceof Date created ? created.toInstant() : null;
    }
}
