package org.wsnotify.embedded;

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
                    .text(message.image()),
            in -> new Message(in.text(), in.text(), in.text(), in.text(), in.text(), in.text()));

    private StoredMessage() {}
}
