package org.wsnotify.client;

/**
 * An IP address, or a range of them in CIDR notation (RFC 4632; RFC 4291, 2.3). Immutable.
 *
 * <p>The JDK reads addresses but no ranges, and a library for both is a megabyte for the few lines here.
 */
public final class IpRange {

    /** How many fixed bits precede an IPv4 address that is mapped to IPv6. */
    private static final int MAPPED_BITS = 96;

    private final IpAddress first;
    private final int prefix;

    private IpRange(IpAddress first, int prefix) {
        this.first = first;
        this.prefix = prefix;
    }

    /**
     * Reads an address or a range, such as {@code 192.0.2.1}, {@code 10.0.0.0/8} or {@code 2001:db8::/32}.
     *
     * @throws IllegalArgumentException the text is neither; the message begins with the text. Names are not looked up
     */
    public static IpRange of(String text) {
        int slash = text.indexOf('/');
        String literal = slash < 0 ? text : text.substring(0, slash);
        IpAddress first = IpAddress.ofLiteral(literal).orElseThrow(() -> noRange(text));
        int most = 8 * first.bits().getAddress().length;
        int prefix = slash < 0 ? most : prefix(text, slash) - (most == 32 && literal.contains(":") ? MAPPED_BITS : 0);
        if (prefix < 0 || prefix > most) {
            throw noRange(text);
        }
        IpRange range = new IpRange(first, prefix);
        if (range.hasBitsBehindThePrefix()) {
            throw new IllegalArgumentException(
                    text + ", which is one address with the prefix of a range; write either the address or the range");
        }
        return range;
    }

    private static int prefix(String text, int slash) {
        String digits = text.substring(slash + 1);
        if (!digits.matches("\\d{1,3}")) {
            throw noRange(text);
        }
        return Integer.parseInt(digits);
    }

    private static IllegalArgumentException noRange(String text) {
        return new IllegalArgumentException(
                text + ", which is not an IP address or a range such as 10.0.0.0/8; names are not looked up");
    }

    public boolean contains(IpAddress address) {
        byte[] these = first.bits().getAddress();
        byte[] those = address.bits().getAddress();
        if (these.length != those.length) {
            return false;
        }
        for (int i = 0; i < prefix; i++) {
            if (bit(these, i) != bit(those, i)) {
                return false;
            }
        }
        return true;
    }

    private boolean hasBitsBehindThePrefix() {
        byte[] bytes = first.bits().getAddress();
        for (int i = prefix; i < 8 * bytes.length; i++) {
            if (bit(bytes, i) != 0) {
                return true;
            }
        }
        return false;
    }

    private static int bit(byte[] bytes, int index) {
        return bytes[index / 8] >> (7 - index % 8) & 1;
    }

    @Override
    public String toString() {
        return first.text() + "/" + prefix;
    }
}
