package org.wsnotify.notification;

import java.util.Objects;

/**
 * What a publisher says to all recipients of one publication.
 *
 * <p>Only {@code content} is required; the others are empty when not given, never null.
 *
 * @param type the publisher's own word for the kind of notification; counts are kept by it
 */
public record Message(String type, String title, String content, String url, String icon, String image) {

    public Message {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(content, "content");
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(icon, "icon");
        Objects.requireNonNull(image, "image");
    }

    /** A message with nothing but a content. */
    public static Message of(String content) {
        return new Message("", "", content, "", "", "");
    }

    /** How long its texts are, all together. */
    public int characters() {
        return type.length() + title.length() + content.length() + url.length() + icon.length() + image.length();
    }

    /** The same message under another type. */
    public Message withType(String other) {
        return new Message(other, title, content, url, icon, image);
    }

    /** The same message under another title. */
    public Message withTitle(String other) {
        return new Message(type, other, content, url, icon, image);
    }
}
