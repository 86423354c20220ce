package org.wsnotify.smtp;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * The name by which this server introduces itself to a mail server (RFC 5321, 4.1.1.1): its domain, or its address in
 * brackets where it has none.
 */
public final class EhloName {
    private static final String LABEL = "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
    private static final Pattern DOMAIN = Pattern.compile("(?=.{1,253}$)(" + LABEL + "\\.)*" + LABEL);
    private static final Pattern NUMBER_AT_THE_END = Pattern.compile("(.*\\.)?[0-9]+");

    private static final String BYTE = "(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])";
    private static final Pattern LITERAL =
            Pattern.compile("\\[(" + BYTE + "(\\." + BYTE + "){3}|IPv6:[0-9A-Fa-f:.]{2,45})]");

    private EhloName() {}

    /** Whether a mail server can be told this. */
    public static boolean isValid(String name) {
        return isDomain(name) || LITERAL.matcher(name).matches();
    }

    /** What this server is called, of its own. May ask the name service. */
    static String found() {
        try {
            InetAddress self = InetAddress.getLocalHost();
            return of(self.getHostName(), self);
        } catch (UnknownHostException e) {
            return of("", InetAddress.getLoopbackAddress());
        }
    }

    /** A name without a dot, such as that of a container, means nothing to others: strict servers refuse it. */
    static String of(String hostName, InetAddress address) {
        if (isDomain(hostName) && hostName.contains(".")) {
            return hostName;
        }
        String text = address.getHostAddress().replaceFirst("%.*", "");
        return address instanceof Inet6Address ? "[IPv6:" + text + "]" : "[" + text + "]";
    }

    private static boolean isDomain(String name) {
        return DOMAIN.matcher(name).matches()
                && !NUMBER_AT_THE_END.matcher(name).matches();
    }
}
