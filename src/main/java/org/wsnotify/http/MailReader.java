package org.wsnotify.http;

import java.util.regex.Pattern;
import org.wsnotify.mail.Mail;
import org.wsnotify.mail.TextType;
import org.wsnotify.notification.Message;
import org.wsnotify.notification.WholeCharacters;

/**
 * Makes the mail of a publication.
 *
 * <p>Without a text of its own the mail is plain text: the notification's content, and its {@code url} on a line of its
 * own. Used for one request.
 */
final class MailReader {

    static final String HTML = "text/html; charset=UTF-8";
    static final String PLAIN = "text/plain; charset=UTF-8";
    private static final int SUBJECT = 900;
    private static final int CONTENT = 262_144;
    private static final Pattern LINE_BREAKS = Pattern.compile("[\\p{Cntrl}\u0085\u2028\u2029]+");

    /** Mail programs make links of what looks like one, so only an address of a web page is given. */
    private static final Pattern WEB_PAGE = Pattern.compile("(?i)https?://[^\\s\\p{Cntrl}\\p{Z}<>\"]+");

    private final FieldReader fields;
    private final Faults faults;

    MailReader(FieldReader fields, Faults faults) {
        this.fields = fields;
        this.faults = faults;
    }

    Mail read(Message message) {
        String subject = fields.line("email_subject", SUBJECT);
        String version = fields.header("email_mime").orElse("1.0");
        if (!version.matches("\\d\\.\\d")) {
            faults.wrong("email_mime", "is a version such as 1.0");
        }
        String type = fields.header("email_type").orElse(HTML);
        if (!TextType.isValid(type)) {
            faults.wrong("email_type", "is a text media type such as text/html, with a charset that is known or none");
        }
        String content = fields.text("email_content", CONTENT);
        String line = subject.isEmpty() ? subjectOf(message) : subject;
        return content.isEmpty()
                ? new Mail(line, textOf(message), version, PLAIN)
                : new Mail(line, content, version, type);
    }

    private static String subjectOf(Message message) {
        String title = LINE_BREAKS.matcher(message.title()).replaceAll(" ").strip();
        return title.isEmpty() ? "Notification" : WholeCharacters.cut(title, SUBJECT);
    }

    private static String textOf(Message message) {
        return WEB_PAGE.matcher(message.url()).matches()
                ? message.content() + "\n\n" + message.url() + "\n"
                : message.content();
    }
}
