package org.wsnotify.notification;

import java.util.List;
import java.util.Objects;

/**
 * The message of a publication, the same for all its recipients.
 *
 * <p>Only {@code content} is required. The other texts may be empty, but never null. Immutable.
 *
 * @param type the kind of notification, chosen by the publisher; unseen notifications are counted by type
 * @param actions links that the notification offers, in their order
 */
public record Message(
        String type, String title, String content, String url, String icon, String image, List<Action> actions) {

    public Message {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(content, "content");
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(icon, "icon");
        Objects.requireNonNull(image, "image");
        actions = List.copyOf(actions);
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
        int texts = type.length() + title.length() + content.length() + url.length() + icon.length() + image.length();
        return texts + actions.stream().mapToInt(Action::characters).sum();
    }

    /** Returns this message with another type. */
    public Message withType(String other) {
        return new Message(other, title, content, url, icon, image, actions);
    }

    /** Returns this message with another title. */
    public Message withTitle(String other) {
        return new Message(type, other, content, url, icon, image, actions);
    }
}
