package org.wsnotify.mail;

import java.net.IDN;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An address that any mail server can be given (RFC 5321, {@code Dot-string@Domain}).
 *
 * <p>Stricter than the RFC on purpose: no quoted local part, no comment, no display name, no address literal, and a
 * local part of ASCII, because SMTPUTF8 is not something one can rely on. A domain may be written with any letters and
 * is kept as ASCII (IDNA), in lower case: two addresses are equal when mail to them goes to one mailbox for sure.
 *
 * @param local what stands before the {@code @}; case matters
 * @param domain what stands behind it, ASCII, lower case
 */
public record EmailAddress(String local, String domain) {

    /** RFC 5321, 4.5.3.1.3, without the angle brackets. */
    private static final int LONGEST = 254;

    private static final int LONGEST_LOCAL = 64;
    private static final int LONGEST_DOMAIN = 253;

    private static final String ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
    private static final Pattern LOCAL = Pattern.compile(ATOM + "(\\." + ATOM + ")*");
    private static final String LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
    private static final Pattern DOMAIN = Pattern.compile("(" + LABEL + "\\.)*" + LABEL);
    private static final Pattern NUMBER_AT_THE_END = Pattern.compile("(.*\\.)?[0-9]+");

    /** java.net.IDN maps these to something else (IDNA 2003); by IDNA 2008 they name another domain. */
    private static final Pattern AMBIGUOUS = Pattern.compile(".*[\u00DF\u03C2\u200C\u200D].*");

    /** The address, if it is one. */
    public static Optional<EmailAddress> parse(String text) {
        int at = text.lastIndexOf('@');
        if (at < 1 || text.length() > LONGEST) {
            return Optional.empty();
        }
        String local = text.substring(0, at);
        if (local.length() > LONGEST_LOCAL || !LOCAL.matcher(local).matches()) {
            return Optional.empty();
        }
        return asciiDomain(text.substring(at + 1))
                .map(domain -> new EmailAddress(local, domain))
                .filter(address -> address.ascii().length() <= LONGEST);
    }

    /** Whether mail can be sent to this. */
    public static boolean isValid(String text) {
        return parse(text).isPresent();
    }

    /** The address as a mail server is given it. */
    public String ascii() {
        return local + "@" + domain;
    }

    /** Omits the address: it is personal data. */
    @Override
    public String toString() {
        return "EmailAddress";
    }

    private static Optional<String> asciiDomain(String domain) {
        if (domain.isEmpty() || AMBIGUOUS.matcher(domain).matches()) {
            return Optional.empty();
        }
        try {
            String ascii = IDN.toASCII(domain, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
            boolean isHostName = ascii.length() <= LONGEST_DOMAIN
                    && DOMAIN.matcher(ascii).matches()
                    && !NUMBER_AT_THE_END.matcher(ascii).matches();
            return isHostName ? Optional.of(ascii) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
