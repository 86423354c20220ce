package org.wsnotify.mongo;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.wsnotify.notification.Action;
import org.wsnotify.notification.InboxChange;
import org.wsnotify.notification.InboxChange.MarkedAllSeen;
import org.wsnotify.notification.InboxChange.MarkedSeen;
import org.wsnotify.notification.InboxChange.Removed;
import org.wsnotify.notification.Message;
import org.wsnotify.relay.RelayEvent;
import org.wsnotify.relay.RelayEvent.Changed;
import org.wsnotify.relay.RelayEvent.Doubted;
import org.wsnotify.relay.RelayEvent.Item;
import org.wsnotify.relay.RelayEvent.Published;
import org.wsnotify.relay.RelayEvent.SessionsEnded;

/** An event as a document. Names are short, because a relay document may contain a thousand events. */
final class RelayEventFormat {

    private static final String KIND = "k";
    private static final String PUBLISHED = "p";
    private static final String SEEN = "s";
    private static final String ALL_SEEN = "a";
    private static final String REMOVED = "d";
    private static final String DOUBTED = "q";
    private static final String ENDED = "e";

    private static final String USER = "u";
    private static final String USERS = "us";
    private static final String ID = "i";
    private static final String IDS = "is";
    private static final String HELD = "h";
    private static final String MESSAGE = "m";
    private static final String CREATED = "c";
    private static final String AFTER = "b";

    private RelayEventFormat() {}

    static Document write(RelayEvent event) {
        if (event instanceof Published published) {
            return write(published);
        }
        if (event instanceof Changed changed) {
            return write(changed.change()).append(USER, changed.userId());
        }
        if (event instanceof Doubted doubted) {
            return kind(DOUBTED).append(USER, doubted.userId());
        }
        if (event instanceof SessionsEnded ended) {
            return kind(ENDED).append(USER, ended.userId());
        }
        throw new IllegalArgumentException("unknown event");
    }

    static RelayEvent read(Document event) {
        String kind = event.getString(KIND);
        return switch (kind) {
            case PUBLISHED -> readPublished(event);
            case SEEN -> changed(event, new MarkedSeen(readIds(event)));
            case ALL_SEEN ->
                changed(
                        event,
                        new MarkedAllSeen(
                                Optional.ofNullable(event.getObjectId(ID)).map(ObjectId::toHexString)));
            case REMOVED -> changed(event, new Removed(readIds(event)));
            case DOUBTED -> new Doubted(event.getString(USER));
            case ENDED -> new SessionsEnded(event.getString(USER));
            default -> throw new IllegalArgumentException("unknown event");
        };
    }

    /** Users and ids are two lists of the same length; held are the places of those whose mail is held. */
    private static Document write(Published published) {
        List<Item> items = published.items();
        Document event = kind(PUBLISHED)
                .append(ID, new ObjectId(published.publication()))
                .append(CREATED, published.createdAt())
                .append(AFTER, published.after())
                .append(USERS, items.stream().map(Item::userId).toList())
                .append(IDS, ids(items.stream().map(Item::id).toList()));
        List<Integer> held = IntStream.range(0, items.size())
                .filter(place -> items.get(place).held())
                .boxed()
                .toList();
        if (!held.isEmpty()) {
            event.append(HELD, held);
        }
        published.message().ifPresent(message -> event.append(MESSAGE, write(message)));
        return event;
    }

    private static Published readPublished(Document event) {
        List<String> users = event.getList(USERS, String.class);
        List<String> ids = readIds(event);
        boolean[] held = new boolean[users.size()];
        for (int place : event.getList(HELD, Integer.class, List.of())) {
            held[place] = true;
        }
        List<Item> items = new ArrayList<>(users.size());
        for (int place = 0; place < users.size(); place++) {
            items.add(new Item(users.get(place), ids.get(place), held[place]));
        }
        return new Published(
                event.getObjectId(ID).toHexString(),
                Optional.ofNullable(event.get(MESSAGE, Document.class)).map(RelayEventFormat::readMessage),
                time(event, CREATED),
                time(event, AFTER),
                items);
    }

    static Document write(Message message) {
        Document document = new Document("t", message.type())
                .append("h", message.title())
                .append("c", message.content())
                .append("u", message.url())
                .append("i", message.icon())
                .append("p", message.image());
        if (!message.actions().isEmpty()) {
            document.append(
                    "a", message.actions().stream().map(RelayEventFormat::write).toList());
        }
        if (!message.group().isEmpty()) {
            document.append("g", message.group());
        }
        message.expiresAt().ifPresent(when -> document.append("e", when));
        return document;
    }

    private static Document write(Action action) {
        return new Document("l", action.label()).append("u", action.url());
    }

    static Message readMessage(Document message) {
        return new Message(
                message.getString("t"),
                message.getString("h"),
                message.getString("c"),
                message.getString("u"),
                message.getString("i"),
                message.getString("p"),
                message.getList("a", Document.class, List.of()).stream()
                        .map(action -> new Action(action.getString("l"), action.getString("u")))
                        .toList(),
                message.get("g", ""),
                Optional.ofNullable(message.getDate("e")).map(Date::toInstant));
    }

    private static Document write(InboxChange change) {
        if (change instanceof MarkedSeen seen) {
            return kind(SEEN).append(IDS, ids(seen.ids()));
        }
        if (change instanceof Removed removed) {
            return kind(REMOVED).append(IDS, ids(removed.ids()));
        }
        if (change instanceof MarkedAllSeen allSeen) {
            Document event = kind(ALL_SEEN);
            allSeen.newest().ifPresent(newest -> event.append(ID, new ObjectId(newest)));
            return event;
        }
        throw new IllegalArgumentException("unknown change");
    }

    private static Changed changed(Document event, InboxChange change) {
        return new Changed(event.getString(USER), change);
    }

    private static Document kind(String kind) {
        return new Document(KIND, kind);
    }

    private static List<ObjectId> ids(Collection<String> ids) {
        return ids.stream().map(ObjectId::new).toList();
    }

    private static List<String> readIds(Document event) {
        return event.getList(IDS, ObjectId.class).stream()
                .map(ObjectId::toHexString)
                .toList();
    }

    private static Instant time(Document event, String field) {
        return event.getDate(field).toInstant();
    }
}
