package org.wsnotify.http;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.wsnotify.mail.HeaderText;
import org.wsnotify.mail.Mail;
import org.wsnotify.mail.TextType;
import org.wsnotify.notification.Message;

/**
 * Reads the mail of a publication.
 *
 * <p>If the request has no text for the mail, the mail is plain text: the content of the notification, then its {@code
 * url} and its actions, each on a line of its own. Used for one request.
 */
final class MailReader {

    /** Mail programs turn anything that looks like an address into a link, so only the URL of a web page is added. */
    private static final Pattern WEB_PAGE = Pattern.compile("(?i)https?://[^\\s\\p{Cntrl}\\p{Z}<>\"]+");

    private final FieldReader fields;

    MailReader(FieldReader fields) {
        this.fields = fields;
    }

    Mail read(Message message) {
        String subject = fields.valid(
                "email_subject",
                HeaderText.subjectOf(message.title()),
                HeaderText::isSubject,
                "must be one line of at most " + HeaderText.LONGEST_SUBJECT + " characters");
        String version = fields.valid(
                "email_mime",
                HeaderText.DEFAULT_MIME_VERSION,
                HeaderText::isMimeVersion,
                "must be a version such as " + HeaderText.DEFAULT_MIME_VERSION);
        String type = fields.valid(
                "email_type",
                TextType.HTML,
                TextType::isValid,
                "must be a text media type such as text/html, with a known charset or none, of at most "
                        + TextType.LONGEST + " characters");
        String content = fields.text("email_content", Mail.LONGEST_CONTENT);
        return content.isEmpty()
                ? new Mail(subject, textOf(message), version, TextType.PLAIN)
                : new Mail(subject, content, version, type);
    }

    private static String textOf(Message message) {
        List<String> links = Stream.concat(
                        Stream.of(message.url()).filter(MailReader::isWebPage),
                        message.actions().stream()
                                .filter(action -> isWebPage(action.url()))
                                .map(action -> action.label() + ": " + action.url()))
                .toList();
        return links.isEmpty() ? message.content() : message.content() + "\n\n" + String.join("\n", links) + "\n";
    }

    private static boolean isWebPage(String url) {
        return WEB_PAGE.matcher(url).matches();
    }
}
