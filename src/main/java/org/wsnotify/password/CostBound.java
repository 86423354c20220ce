package org.wsnotify.password;

/** Refuses stored values that demand more work than a login may cost. */
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
