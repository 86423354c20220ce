package org.wsnotify.embedded;

import org.wsnotify.story.PublicationPushes;

/** How the pushes of a publication are written. */
final class PushRecord {

    private static final int PLACE_CHARACTERS = 8;

    static final RecordType<PublicationPushes> TYPE = RecordType.value(
            PublicationPushes[]::new,
            pushes -> pushes.groups().stream()
                    .mapToInt(group -> PLACE_CHARACTERS * group.places().size())
                    .sum(),
            (out, pushes) -> out.text(pushes.publication())
                    .text(pushes.node())
                    .time(pushes.at())
                    .list(
                            pushes.groups(),
                            (fields, group) ->
                                    fields.number(group.sessions()).list(group.places(), FieldWriter::number)),
            in -> new PublicationPushes(
                    in.text(),
                    in.text(),
                    in.time(),
                    in.list(fields ->
                            new PublicationPushes.Group(fields.number(), fields.list(RecordReader::number)))));

    private PushRecord() {}
}
