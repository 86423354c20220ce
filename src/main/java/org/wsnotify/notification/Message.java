package org.wsnotify.notification;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The message of a publication, the same for all its recipients.
 *
 * <p>Only {@code content} is required. The other texts may be empty, but never null. Immutable.
 *
 * @param type the kind of notification, chosen by the publisher; unseen notifications are counted by type
 * @param actions links that the notification offers, in their order
 * @param group a newer notification of the same user and group takes the place of older ones; empty for none
 * @param expiresAt when the notification is removed by itself, in whole milliseconds; empty if it is not
 */
public record Message(
        String type,
        String title,
        String content,
        String url,
        String icon,
        String image,
        List<Action> actions,
        String group,
        Optional<Instant> expiresAt) {

    public Message {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(content, "content");
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(icon, "icon");
        Objects.requireNonNull(image, "image");
        actions = List.copyOf(actions);
        Objects.requireNonNull(group, "group");
        Objects.requireNonNull(expiresAt, "expiresAt");
    }

    /** A message without a group, which does not expire. */
    public Message(
            String type, String title, String content, String url, String icon, String image, List<Action> actions) {
        this(type, title, content, url, icon, image, actions, "", Optional.empty());
    }

    /** A message without actions. */
    public Message(String type, String title, String content, String url, String icon, String image) {
        this(type, title, content, url, icon, image, List.of());
    }

    /** Returns a message that has only a content. */
    public static Message of(String content) {
        return new Message("", "", content, "", "", "");
    }

    /** Returns the total length of its texts. */
    public int characters() {
        int links = url.length() + icon.length() + image.length();
        int texts = type.length() + title.length() + content.length() + links + group.length();
        return texts + actions.stream().mapToInt(Action::characters).sum();
    }

    /** Returns this message with another type. */
    public Message withType(String other) {
        return new Message(other, title, content, url, icon, image, actions, group, expiresAt);
    }

    /** Returns this message with another title. */
    public Message withTitle(String other) {
        return new Message(type, other, content, url, icon, image, actions, group, expiresAt);
    }

    /** Returns this message with another group. */
    public Message withGroup(String other) {
        return new Message(type, title, content, url, icon, image, actions, other, expiresAt);
    }

    /** Returns this message with a time at which it expires. */
    public Message expiringAt(Instant when) {
        return new Message(type, title, content, url, icon, image, actions, group, Optional.of(when));
    }
}
