package org.wsnotify.story;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.wsnotify.notification.NotificationKey;
import org.wsnotify.notification.StoreUnavailableException;

/** Remembers what is recorded. */
public final class MemoryStoryStore implements StoryStore {

    /** What was recorded at once; a push without a value is a decision that the users are present. */
    public record Recorded(List<NotificationKey> notifications, Optional<Push> push) {}

    public final List<Recorded> recorded = new ArrayList<>();
    public boolean down;

    @Override
    public void pushed(Collection<NotificationKey> notifications, Push push) {
        record(new Recorded(List.copyOf(notifications), Optional.of(push)));
    }

    @Override
    public void present(Collection<NotificationKey> notifications, Instant at) {
        record(new Recorded(List.copyOf(notifications), Optional.empty()));
    }

    private void record(Recorded one) {
        if (down) {
            throw new StoreUnavailableException("down");
        }
        recorded.add(one);
    }

    @Override
    public Optional<StoredStory> find(String id) {
        return Optional.empty();
    }
}
