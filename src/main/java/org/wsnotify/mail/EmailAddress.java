package org.wsnotify.mail;

import java.net.IDN;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An address that any mail server accepts (RFC 5321, {@code Dot-string@Domain}). Immutable.
 *
 * <p>Stricter than the RFC on purpose: no quoted local part, comment, display name or address literal. The local part
 * is ASCII, because many servers lack SMTPUTF8. A domain may have any letters and is kept as lower-case ASCII (IDNA),
 * so equal addresses have the same mailbox.
 *
 * @param local the part before the {@code @}; case matters
 * @param domain the part after it, in lower-case ASCII
 */
public record EmailAddress(String local, String domain) {

    /** RFC 5321, 4.5.3.1.3, without the angle brackets. */
    private static final int LONGEST = 254;

    private static final int LONGEST_LOCAL = 64;

    private static final String ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
    private static final Pattern LOCAL = Pattern.compile(ATOM + "(\\." + ATOM + ")*");

    /** java.net.IDN maps these to something else (IDNA 2003); by IDNA 2008 they name another domain. */
    private static final Pattern AMBIGUOUS = Pattern.compile(".*[\u00DF\u03C2\u200C\u200D].*");

    /** Returns the address; empty if the text is not one. */
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

    /** Whether mail can be sent to this text. */
    public static boolean isValid(String text) {
        return parse(text).isPresent();
    }

    /** Returns the address as sent to a mail server. */
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
            return Optional.of(ascii).filter(DomainName::isValid);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
