package org.wsnotify.smtp;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import org.wsnotify.mail.EmailAddress;
import org.wsnotify.mail.HeaderText;

/**
 * The sender of mails: {@code a@b.c} or {@code Name <a@b.c>}.
 *
 * @param address the address with the encoded name
 * @param domain the domain of the address, ASCII: Message-IDs are unique within it
 */
record Sender(InternetAddress address, String domain) {

    /** @throws IllegalArgumentException this is not exactly one valid address */
    static Sender parse(String text) {
        try {
            InternetAddress[] parsed = InternetAddress.parse(text, true);
            if (parsed.length != 1 || !HeaderText.isOneLine(text)) {
                throw notASender(text, null);
            }
            EmailAddress address = EmailAddress.parse(parsed[0].getAddress()).orElseThrow(() -> notASender(text, null));
            String name = parsed[0].getPersonal();
            return new Sender(
                    new InternetAddress(address.ascii(), name, StandardCharsets.UTF_8.name()), address.domain());
        } catch (AddressException | UnsupportedEncodingException e) {
            throw notASender(text, e);
        }
    }

    private static IllegalArgumentException notASender(String text, Exception cause) {
        return new IllegalArgumentException("Not an address that mail can be sent from: " + text, cause);
    }
}
