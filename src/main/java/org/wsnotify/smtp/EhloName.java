package org.wsnotify.smtp;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.wsnotify.mail.DomainName;

/**
 * The name by which this server introduces itself to a mail server (RFC 5321, 4.1.1.1): its domain, or its address in
 * brackets where it has none.
 */
public final class EhloName {
    private static final String BYTE = "(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])";
    private static final Pattern LITERAL =
            Pattern.compile("\\[(" + BYTE + "(\\." + BYTE + "){3}|IPv6:[0-9A-Fa-f:.]{2,45})]");

    private EhloName() {}

    /** Whether a mail server accepts this name. */
    public static boolean isValid(String name) {
        return DomainName.isValid(name) || LITERAL.matcher(name).matches();
    }

    /** Returns the name of this server by default. May ask the name service. */
    static String found() {
        try {
            InetAddress self = InetAddress.getLocalHost();
            return of(self.getHostName(), self);
        } catch (UnknownHostException e) {
            return of("", InetAddress.getLoopbackAddress());
        }
    }

    /** Replaces a name without a dot, such as that of a container: strict servers refuse it. */
    static String of(String hostName, InetAddress address) {
        if (DomainName.isValid(hostName) && hostName.contains(".")) {
            return hostName;
        }
        String text = address.getHostAddress().replaceFirst("%.*", "");
        return address instanceof Inet6Address ? "[IPv6:" + text + "]" : "[" + text + "]";
    }
}
