package org.wsnotify.password;

/** Hashes of one kind, known by their prefix. Safe for use by many threads. */
interface HashFamily {

    /** Whether the stored value begins like one of these. */
    boolean recognises(String stored);

    /** The part that says how much work a comparison is: the same for hashes that differ in salt and password only. */
    String kind(String stored);

    /**
     * Compares; the stored value was recognised.
     *
     * @throws UnusableHashException it is damaged, or asks for a cost beyond the bound
     */
    boolean matches(String given, String stored) throws UnusableHashException;
}
