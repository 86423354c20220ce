package org.wsnotify.retention;

import java.util.Set;

/**
 * A choice of notifications by their type. Immutable.
 *
 * @param only the types that are chosen; empty for all
 * @param except the types that are not chosen
 */
public record Types(Set<String> only, Set<String> except) {

    /** All types. */
    public static final Types ALL = new Types(Set.of(), Set.of());

    public Types {
        only = Set.copyOf(only);
        except = Set.copyOf(except);
    }

    /** Returns whether notifications of a type are chosen. */
    public boolean include(String type) {
        return (only.isEmpty() || only.contains(type)) && !except.contains(type);
    }
}
