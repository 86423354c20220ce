package org.wsnotify.client;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An IP address, independent of its notation: {@code ::1} equals {@code 0:0:0:0:0:0:0:1}, and an IPv4 address mapped to
 * IPv6 (RFC 4291, 2.5.5.2) equals the IPv4 address.
 *
 * <p>Only literals are read. A JDK before 22 would look up anything else as a name, and leave the decision to DNS.
 * Immutable.
 */
public record IpAddress(InetAddress bits) {

    /** The prefix of the IPv6 network that one subscriber gets (RFC 6177). */
    private static final int IPV6_SUBSCRIBER_BITS = 56;

    private static final String OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    /**
     * Reads an address as it stands in headers: brackets are allowed, and a zone is ignored.
     *
     * @return empty if the text is no address
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
            // text in brackets is never looked up
            return Optional.of(new IpAddress(InetAddress.getByName(four ? text : "[" + text + "]")));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    public boolean isLoopback() {
        return bits.isLoopbackAddress();
    }

    /** Returns the address in a canonical form. */
    public String text() {
        return bits.getHostAddress();
    }

    /**
     * Returns the subscriber that an address counts for: with IPv6, the subscriber's network. Text that is no
     * address is returned unchanged.
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
