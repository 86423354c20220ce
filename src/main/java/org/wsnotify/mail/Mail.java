package org.wsnotify.mail;

import java.util.Objects;

/**
 * What a mail says.
 *
 * @param subject one line, any characters but CR and LF
 * @param content the body
 * @param mimeVersion the {@code MIME-Version} header, normally {@code 1.0}
 * @param contentType the {@code Content-Type} header; UTF-8 when it names no charset
 */
public record Mail(String subject, String content, String mimeVersion, String contentType) {

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
