package org.wsnotify.mongo;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.wsnotify.relay.RelayDocument;
import org.wsnotify.relay.RelayEvent;

/**
 * A relay document as a document.
 *
 * <p>Its {@code _id} sorts by receiver, sender and number. If a later version wrote an event that this one cannot read,
 * the document is read as one that has lost events.
 */
final class RelayDocumentFormat {

    static final String ID = "_id";
    static final String TO = "to";
    static final String AT = "at";

    private static final String FROM = "from";
    private static final String NUMBER = "number";
    private static final String LOST = "lost";
    private static final String EVENTS = "events";

    private static final char SEPARATOR = '/';
    private static final char AFTER_SEPARATOR = SEPARATOR + 1;

    private RelayDocumentFormat() {}

    /** Returns the id of a document: with 12 hex digits of its number. */
    static String id(String to, String from, long number) {
        return to + SEPARATOR + from + SEPARATOR + String.format("%012x", number);
    }

    /** Returns what sorts directly after all ids of a pair. */
    static String endOf(String to, String from) {
        return to + SEPARATOR + from + AFTER_SEPARATOR;
    }

    static Document write(RelayDocument document, Instant at) {
        Document written = new Document(ID, id(document.to(), document.from(), document.number()))
                .append(TO, document.to())
                .append(FROM, document.from())
                .append(NUMBER, document.number())
                .append(AT, at)
                .append(
                        EVENTS,
                        document.events().stream().map(RelayEventFormat::write).toList());
        return document.lost() ? written.append(LOST, true) : written;
    }

    static RelayDocument read(Document document) {
        boolean lost = document.getBoolean(LOST, false);
        List<RelayEvent> events = new ArrayList<>();
        for (Document event : document.getList(EVENTS, Document.class)) {
            try {
                events.add(RelayEventFormat.read(event));
            } catch (IllegalArgumentException | NullPointerException | ClassCastException unreadable) {
                lost = true;
            }
        }
        return new RelayDocument(
                document.getString(TO), document.getString(FROM), document.getLong(NUMBER), lost, events);
    }
}
