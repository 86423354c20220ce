package org.wsnotify.embedded;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.wsnotify.story.Push;
import org.wsnotify.story.StoryStore;

/** What was recorded of a notification. Its key is the id. */
record StoredDecisions(List<Push> pushes, Optional<Instant> presentAt) {

    static final StoredDecisions NONE = new StoredDecisions(List.of(), Optional.empty());

    private static final int PUSH_CHARACTERS = 40;

    static final RecordType<StoredDecisions> TYPE = RecordType.value(
            StoredDecisions[]::new,
            stored -> PUSH_CHARACTERS * stored.pushes.size(),
            (out, stored) -> out.list(
                            stored.pushes,
                            (fields, push) -> fields.text(push.node())
                                    .number(push.sessions())
                                    .time(push.at()))
                    .optional(stored.presentAt, FieldWriter::time),
            in -> new StoredDecisions(
                    in.list(fields -> new Push(fields.text(), fields.number(), fields.time())),
                    in.optional(RecordReader::time)));

    StoredDecisions with(Push push) {
        List<Push> all = new ArrayList<>(pushes);
        all.add(push);
        return new StoredDecisions(
                all.subList(Math.max(0, all.size() - StoryStore.MOST_PUSHES), all.size()), presentAt);
    }

    StoredDecisions presentAt(Instant when) {
        return new StoredDecisions(pushes, Optional.of(when));
    }
}
