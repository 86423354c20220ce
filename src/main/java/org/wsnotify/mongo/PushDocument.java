package org.wsnotify.mongo;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.bson.types.Binary;
import org.bson.types.ObjectId;
import org.wsnotify.story.PublicationPushes;

/** The pushes of a publication as a document. Places are four bytes each, big-endian. */
final class PushDocument {

    static final String PUBLICATION = "publication";
    static final String AT = "at";

    private static final String NODE = "node";
    private static final String GROUPS = "groups";
    private static final String SESSIONS = "sessions";
    private static final String PLACES = "places";

    private PushDocument() {}

    static Document of(PublicationPushes pushes) {
        return new Document("_id", new ObjectId())
                .append(PUBLICATION, new ObjectId(pushes.publication()))
                .append(NODE, pushes.node())
                .append(AT, pushes.at())
                .append(GROUPS, pushes.groups().stream().map(PushDocument::of).toList());
    }

    private static Document of(PublicationPushes.Group group) {
        ByteBuffer places = ByteBuffer.allocate(Integer.BYTES * group.places().size());
        group.places().forEach(places::putInt);
        return new Document(SESSIONS, group.sessions()).append(PLACES, new Binary(places.array()));
    }

    static PublicationPushes read(Document document) {
        return new PublicationPushes(
                document.getObjectId(PUBLICATION).toHexString(),
                document.getString(NODE),
                document.getDate(AT).toInstant(),
                document.getList(GROUPS, Document.class).stream()
                        .map(PushDocument::readGroup)
                        .toList());
    }

    private static PublicationPushes.Group readGroup(Document group) {
        ByteBuffer bytes = ByteBuffer.wrap(group.get(PLACES, Binary.class).getData());
        List<Integer> places = new ArrayList<>(bytes.remaining() / Integer.BYTES);
        while (bytes.hasRemaining()) {
            places.add(bytes.getInt());
        }
        return new PublicationPushes.Group(group.getInteger(SESSIONS), places);
    }
}
