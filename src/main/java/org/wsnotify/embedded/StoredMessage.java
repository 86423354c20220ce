package org.wsnotify.embedded;

import java.util.List;
import java.util.Optional;
import org.wsnotify.notification.Action;
import org.wsnotify.notification.Message;

/** Writes and reads messages. Each is stored once for all notifications of a publication. */
final class StoredMessage {

    private static final int FIRST_WITH_ACTIONS = 4;
    private static final int FIRST_WITH_GROUP = 5;

    static final RecordType<Message> TYPE = RecordType.value(
            Message[]::new,
            Message::characters,
            (out, message) -> out.text(message.type())
                    .text(message.title())
                    .text(message.content())
                    .text(message.url())
                    .text(message.icon())
                    .text(message.image())
                    .list(
                            message.actions(),
                            (fields, action) -> fields.text(action.label()).text(action.url()))
                    .text(message.group())
                    .optional(message.expiresAt(), FieldWriter::time),
            in -> new Message(
                    in.text(),
                    in.text(),
                    in.text(),
                    in.text(),
                    in.text(),
                    in.text(),
                    actions(in),
                    in.version() < FIRST_WITH_GROUP ? "" : in.text(),
                    in.version() < FIRST_WITH_GROUP ? Optional.empty() : in.optional(RecordReader::time)));

    private StoredMessage() {}

    private static List<Action> actions(RecordReader in) {
        return in.version() < FIRST_WITH_ACTIONS
                ? List.of()
                : in.list(fields -> new Action(fields.text(), fields.text()));
    }
}
