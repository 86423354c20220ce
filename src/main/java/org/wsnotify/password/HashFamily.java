package org.wsnotify.password;

/** A family of hash formats, recognised by prefix. Safe for use by many threads. */
interface HashFamily {

    /** Whether the stored value has a prefix of this family. */
    boolean recognises(String stored);

    /** Returns the part with the cost parameters: the same for hashes that differ only in salt and password. */
    String kind(String stored);

    /**
     * Compares a password with a stored value of this family.
     *
     * @throws UnusableHashException the stored value is damaged, or its cost exceeds the bound
     */
    boolean matches(String given, String stored) throws UnusableHashException;
}
