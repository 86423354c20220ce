package org.wsnotify.servlet;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The codings of a response that a client takes (RFC 9110, 12.5.3). Immutable. */
final class AcceptEncoding {

    private static final String WEIGHT = "(0(\\.[0-9]{0,3})?|1(\\.0{0,3})?)";

    private final Map<String, Double> weights = new HashMap<>();

    /** @param fields the values of all header fields of that name */
    AcceptEncoding(Iterable<String> fields) {
        for (String field : fields) {
            for (String element : field.split(",", -1)) {
                String[] parts = element.split(";", 2);
                weights.put(parts[0].strip().toLowerCase(Locale.ROOT), parts.length == 1 ? 1 : weight(parts[1]));
            }
        }
    }

    /** Returns whether the client takes gzip, and does not like the plain content better. */
    boolean prefersGzip() {
        double gzip = weightOf("gzip");
        return gzip > 0 && gzip >= weightOf("identity");
    }

    private double weightOf(String coding) {
        return weights.getOrDefault(coding, weights.getOrDefault("*", 0.0));
    }

    /** What cannot be read counts as 0: every client takes the plain content. */
    private static double weight(String parameter) {
        String[] pair = parameter.split("=", 2);
        boolean readable = pair.length == 2
                && pair[0].strip().equalsIgnoreCase("q")
                && pair[1].strip().matches(WEIGHT);
        return readable ? Double.parseDouble(pair[1].strip()) : 0;
    }
}
