package org.wsnotify.smtp;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import org.wsnotify.mail.EmailAddress;

/**
 * From whom a mail is: {@code a@b.c} or {@code Name <a@b.c>}.
 *
 * @param address with the name, encoded
 * @param domain the domain of the address, ASCII: Message-IDs are unique within it
 */
record Sender(InternetAddress address, String domain) {

    /** @throws IllegalArgumentException it is not one address that mail can be sent from */
    static Sender parse(String text) {
        try {
            InternetAddress[] parsed = InternetAddress.parse(text, true);
            if (parsed.length != 1 || text.chars().anyMatch(Character::isISOControl)) {
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
