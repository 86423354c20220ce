package org.wsnotify.http;

import jakarta.json.Json;
import jakarta.json.stream.JsonGenerator;
import jakarta.json.stream.JsonGeneratorFactory;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.wsnotify.delivery.ScheduleStore;
import org.wsnotify.delivery.ScheduledPublication;
import org.wsnotify.erasure.UserDataStore;
import org.wsnotify.json.NotificationJson;
import org.wsnotify.outbox.Addressee;
import org.wsnotify.outbox.OutboxEntry;
import org.wsnotify.outbox.OwedMail;
import org.wsnotify.story.StoredStory;
import org.wsnotify.story.StoryStore;

/**
 * Writes everything about a user as JSON, reading some of it at a time. For one thread.
 *
 * <p>If the store fails on the way, the text ends in the middle, so that no reader takes it for complete.
 */
final class UserExport {

    private static final JsonGeneratorFactory GENERATORS = Json.createGeneratorFactory(Map.of());
    private static final int AT_ONCE = 50;

    private final String userId;
    private final UserDataStore store;
    private final ScheduleStore schedule;
    private final StoryStore stories;
    private final List<StoredStory> first;

    private UserExport(
            String userId, UserDataStore store, ScheduleStore schedule, StoryStore stories, List<StoredStory> first) {
        this.userId = userId;
        this.store = store;
        this.schedule = schedule;
        this.stories = stories;
        this.first = first;
    }

    /**
     * Reads the beginning, while an error can still be answered.
     *
     * @throws org.wsnotify.notification.StoreUnavailableException the store cannot be reached
     */
    static UserExport begin(String userId, UserDataStore store, ScheduleStore schedule, StoryStore stories) {
        return new UserExport(
                userId, store, schedule, stories, store.notifications(userId, false, Optional.empty(), AT_ONCE));
    }

    void write(OutputStream output) {
        JsonGenerator json = GENERATORS.createGenerator(output);
        json.writeStartObject().write("userId", userId).writeStartArray("notifications");
        notifications(json, false, first);
        notifications(json, true, store.notifications(userId, true, Optional.empty(), AT_ONCE));
        json.writeEnd().writeStartArray("scheduled");
        scheduled(json);
        json.writeEnd().writeStartArray("mails");
        mails(json);
        json.writeEnd().writeEnd();
        json.close();
    }

    private void notifications(JsonGenerator json, boolean removed, List<StoredStory> begin) {
        List<StoredStory> some = begin;
        while (!some.isEmpty()) {
            some.forEach(story -> write(json, withPushes(story)));
            json.flush();
            String last = some.get(some.size() - 1).notification().id();
            some = store.notifications(userId, removed, Optional.of(last), AT_ONCE);
        }
    }

    /** The pushes are stored apart, with those of the other users of a publication. */
    private StoredStory withPushes(StoredStory story) {
        return stories.find(story.notification().id()).orElse(story);
    }

    private static void write(JsonGenerator json, StoredStory story) {
        json.writeStartObject();
        StoryJson.write(json, story);
        json.writeEnd();
    }

    private static void write(JsonGenerator json, ScheduledPublication publication, ScheduledPublication.Place one) {
        json.writeStartObject();
        ScheduledJson.write(json, publication, one);
        json.write("email", one.recipient().email()).writeEnd();
    }

    private void scheduled(JsonGenerator json) {
        List<ScheduledPublication> some = schedule.of(userId, Optional.empty(), AT_ONCE);
        while (!some.isEmpty()) {
            some.forEach(publication -> publication.recipients().forEach(one -> write(json, publication, one)));
            json.flush();
            some = schedule.of(userId, Optional.of(some.get(some.size() - 1).id()), AT_ONCE);
        }
    }

    private void mails(JsonGenerator json) {
        List<OutboxEntry<OwedMail>> some = store.mails(userId, Optional.empty(), AT_ONCE);
        while (!some.isEmpty()) {
            some.forEach(entry -> entry.owed().addressees().stream()
                    .filter(one -> one.userId().equals(userId))
                    .forEach(one -> write(json, entry, one)));
            json.flush();
            some = store.mails(userId, Optional.of(some.get(some.size() - 1).id()), AT_ONCE);
        }
    }

    private static void write(JsonGenerator json, OutboxEntry<OwedMail> entry, Addressee addressee) {
        json.writeStartObject().write("email", addressee.email());
        addressee.notificationId().ifPresent(id -> json.write("notification", id));
        json.write("subject", entry.owed().mail().subject())
                .write("content", entry.owed().mail().content())
                .write("owedAt", NotificationJson.time(entry.createdAt()))
                .write("outcome", addressee.outcome().name().toLowerCase(Locale.ROOT));
        addressee.at().ifPresent(when -> json.write("at", NotificationJson.time(when)));
        json.writeEnd();
    }
}
