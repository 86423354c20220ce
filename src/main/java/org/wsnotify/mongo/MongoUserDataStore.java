package org.wsnotify.mongo;

import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Sorts.ascending;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.pull;
import static org.wsnotify.mongo.NotificationDocument.DELETE;
import static org.wsnotify.mongo.NotificationDocument.USER;
import static org.wsnotify.mongo.OutboxDocument.ADDRESSEES;
import static org.wsnotify.mongo.OutboxDocument.ADDRESSEE_IDS;
import static org.wsnotify.mongo.OutboxDocument.ID;
import static org.wsnotify.mongo.OutboxDocument.PRESENT;
import static org.wsnotify.mongo.OutboxDocument.PRESENT_TIMES;

import com.mongodb.client.MongoCollection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;
import org.wsnotify.erasure.UserDataStore;
import org.wsnotify.outbox.OutboxEntry;
import org.wsnotify.outbox.OwedMail;
import org.wsnotify.story.StoredStory;

/**
 * Everything about a user in MongoDB. The mail of a user is found by going through all mail, in the order of its ids: an
 * index of addressees would cost more with each mail than the few erasures are worth. Safe for use by many threads.
 */
public final class MongoUserDataStore implements UserDataStore {

    private static final int MAILS_AT_ONCE = 100;

    private final MongoCollection<Document> notifications;
    private final MongoCollection<Document> outbox;
    private final MongoRetry retry;

    public MongoUserDataStore(MongoConnection connection) {
        this.notifications = connection.collection(MongoNotificationStore.COLLECTION);
        this.outbox = connection.collection(MongoOutbox.COLLECTION);
        this.retry = connection.retry();
    }

    @Override
    public List<StoredStory> notifications(String userId, boolean removed, Optional<String> after, int most) {
        Document which = NotificationDocument.of(userId, removed);
        after.ifPresent(id -> which.append(ID, new Document("$gt", new ObjectId(id))));
        return retry.call(
                "reading everything of a user",
                again -> notifications
                        .find(which)
                        .sort(ascending(ID))
                        .limit(most)
                        .batchSize(most)
                        .map(MongoStoryStore::read)
                        .into(new ArrayList<>()));
    }

    @Override
    public List<OutboxEntry<OwedMail>> mails(String userId, Optional<String> after, int most) {
        return retry.call(
                "reading all mail of a user",
                again -> outbox.find(mailsOf(userId, after))
                        .hint(new Document(ID, 1))
                        .sort(ascending(ID))
                        .limit(most)
                        .map(OutboxDocument::read)
                        .into(new ArrayList<>()));
    }

    private static Document mailsOf(String userId, Optional<String> after) {
        return new Document(ID, new Document("$gt", after.orElse(""))).append(ADDRESSEE_IDS, userId);
    }

    /** Reads only the addressees: a mail that is damaged otherwise must not stop an erasure. */
    @Override
    public Set<String> addresses(String userId) {
        Set<String> addresses = new HashSet<>();
        retry.call("reading addresses of a user", again -> {
            outbox.find(mailsOf(userId, Optional.empty()))
                    .hint(new Document(ID, 1))
                    .projection(include(ADDRESSEES))
                    .forEach(mail -> addresses.addAll(OutboxDocument.readAddresses(mail, userId)));
            return null;
        });
        return addresses;
    }

    @Override
    public int eraseNotifications(String userId, int most) {
        List<Object> ids = ids(userId, false, most);
        if (ids.size() < most) {
            ids.addAll(ids(userId, true, most - ids.size()));
        }
        if (!ids.isEmpty()) {
            Document these = new Document(USER, userId).append(ID, new Document("$in", ids));
            retry.call("erasing notifications of a user", again -> notifications.deleteMany(these));
        }
        return ids.size();
    }

    /** In any order, and whatever else is in the documents. */
    private List<Object> ids(String userId, boolean removed, int most) {
        Document which = new Document(USER, userId).append(DELETE, removed);
        return retry.call(
                "reading notifications of a user",
                again -> notifications
                        .find(which)
                        .limit(most)
                        .batchSize(most)
                        .projection(include(ID))
                        .map(document -> document.get(ID))
                        .into(new ArrayList<>()));
    }

    @Override
    public int eraseMails(String userId) {
        int erased = 0;
        Optional<String> after = Optional.empty();
        List<String> ids;
        do {
            Document which = mailsOf(userId, after);
            ids = retry.call(
                    "reading all mail of a user",
                    again -> outbox.find(which)
                            .hint(new Document(ID, 1))
                            .sort(ascending(ID))
                            .limit(MAILS_AT_ONCE)
                            .projection(include(ID))
                            .map(document -> document.getString(ID))
                            .into(new ArrayList<>()));
            ids.forEach(id -> eraseFrom(id, userId));
            erased += ids.size();
            after = ids.isEmpty() ? Optional.empty() : Optional.of(ids.get(ids.size() - 1));
        } while (ids.size() == MAILS_AT_ONCE);
        return erased;
    }

    /** Whoever sends the mail now settles it without the user, see {@link MongoOutbox#settle}. */
    private void eraseFrom(String id, String userId) {
        Document mail = new Document(ID, id);
        Document user = new Document(OutboxDocument.USER, userId);
        Bson without = combine(pull(ADDRESSEES, user), pull(PRESENT, userId), pull(PRESENT_TIMES, user));
        retry.call("erasing mail of a user", again -> outbox.updateOne(mail, without));
        Document empty = new Document(mail).append(ADDRESSEES, new Document("$size", 0));
        retry.call("erasing mail of a user", again -> outbox.deleteOne(empty));
    }
}
