package org.wsnotify.client;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An IP address, however it was written: {@code ::1} and {@code 0:0:0:0:0:0:0:1} are one, and an IPv4 address inside
 * IPv6 (RFC 4291, 2.5.5.2) is the IPv4 address.
 *
 * <p>Read from literals only. The JDK before 22 would look up whatever is not one, and whoever answers for DNS would
 * then decide. Immutable.
 */
public record IpAddress(InetAddress bits) {

    /** What one subscriber gets of IPv6 (RFC 6177): whoever has one of these addresses has them all. */
    private static final int IPV6_SUBSCRIBER_BITS = 56;

    private static final String OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    /**
     * Reads an address as peers and headers have it: also in brackets, or with a zone, which is left out. Empty: it is
     * none.
     */
    public static Optional<IpAddress> parse(String text) {
        if (text == null) {
            return Optional.empty();
        }
        String bare = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
        int zone = bare.indexOf('%');
        return ofLiteral(zone < 0 ? bare : bare.substring(0, zone));
    }

    static Optional<IpAddress> ofLiteral(String text) {
        boolean four = IPV4.matcher(text).matches();
        if (!four && !IPV6.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            // What is in brackets is never looked up.
            return Optional.of(new IpAddress(InetAddress.getByName(four ? text : "[" + text + "]")));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    public boolean isLoopback() {
        return bits.isLoopbackAddress();
    }

    /** The address in one form of the many. */
    public String text() {
        return bits.getHostAddress();
    }

    /**
     * Whom to count an address for: with IPv6 the whole network that one subscriber gets. What is no address is counted
     * as it is written.
     */
    public static String subscriberOf(String text) {
        return parse(text).map(IpAddress::subscriber).orElse(text);
    }

    private String subscriber() {
        return bits instanceof Inet6Address
                ? HexFormat.of().formatHex(Arrays.copyOf(bits.getAddress(), IPV6_SUBSCRIBER_BITS / 8)) + "/"
                        + IPV6_SUBSCRIBER_BITS
                : text();
    }
}
