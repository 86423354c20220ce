package org.wsnotify.embedded;

import java.util.List;
import org.wsnotify.notification.Action;
import org.wsnotify.notification.Message;

/** Writes and reads messages. Each is stored once for all notifications of a publication. */
final class StoredMessage {

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
                            (fields, action) -> fields.text(action.label()).text(action.url())),
            in -> new Message(in.text(), in.text(), in.text(), in.text(), in.text(), in.text(), actions(in)));

    private static final int FIRST_WITH_ACTIONS = 4;

    private StoredMessage() {}

    private static List<Action> actions(RecordReader in) {
        return in.version() < FIRST_WITH_ACTIONS
                ? List.of()
                : in.list(fields -> new Action(fields.text(), fields.text()));
    }
}
