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

    public final List<PublicationPushes> pushes = new ArrayList<>();
    public final List<NotificationKey> present = new ArrayList<>();
    public boolean down;

    @Override
    public void pushed(List<PublicationPushes> some) {
        if (down) {
            throw new StoreUnavailableException("down");
        }
        pushes.addAll(some);
    }

    @Override
    public void present(Collection<NotificationKey> notifications, Instant at) {
        present.addAll(notifications);
    }

    @Override
    public Optional<StoredStory> find(String id) {
        return Optional.empty();
    }

    @Override
    public void forgetPushes(Instant before) {}
}
