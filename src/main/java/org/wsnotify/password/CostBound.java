package org.wsnotify.password;

/** Keeps a stored value from asking for more work than a login may cost. */
final class CostBound {
    private CostBound() {}

    static int within(String name, long asked, long most) throws UnusableHashException {
        if (asked > most) {
            throw new UnusableHashException(
                    "a stored password asks for a " + name + " of " + asked + ", more than the " + most + " allowed");
        }
        return (int) asked;
    }
}
