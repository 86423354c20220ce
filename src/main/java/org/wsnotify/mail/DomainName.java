package org.wsnotify.mail;

import java.util.regex.Pattern;

/** The domain of a mail server or of an address, in ASCII (RFC 5321, 4.1.2 and 4.5.3.1.2). */
public final class DomainName {

    private static final int LONGEST = 253;
    private static final String LABEL = "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
    private static final Pattern DOMAIN = Pattern.compile("(" + LABEL + "\\.)*" + LABEL);
    private static final Pattern NUMBER_AT_THE_END = Pattern.compile("(.*\\.)?[0-9]+");

    private DomainName() {}

    /** Whether this is a domain. A name that ends in a number would be read as an IPv4 address. */
    public static boolean isValid(String text) {
        return text.length() <= LONGEST
                && DOMAIN.matcher(text).matches()
                && !NUMBER_AT_THE_END.matcher(text).matches();
    }
}
