package org.wsnotify.embedded;

import org.wsnotify.notification.Message;

/** How messages are written: once for all the notifications that say the same. */
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
