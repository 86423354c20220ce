package org.wsnotify.mail;

import java.util.Objects;

/**
 * What a mail says. Immutable, and not checked: {@link HeaderText} and {@link TextType} have the rules.
 *
 * @param subject the {@code Subject} header, not encoded
 * @param content the text
 * @param mimeVersion the {@code MIME-Version} header, normally {@code 1.0}
 * @param contentType the {@code Content-Type} header; UTF-8 if it names no charset
 */
public record Mail(String subject, String content, String mimeVersion, String contentType) {

    /** In characters. */
    public static final int LONGEST_CONTENT = 262_144;

    public Mail {
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(content, "content");
        Objects.requireNonNull(mimeVersion, "mimeVersion");
        Objects.requireNonNull(contentType, "contentType");
    }

    /** Omits the content: it is personal data. */
    @Override
    public String toString() {
        return "Mail[" + contentType + "]";
    }
}
