package org.wsnotify.retention;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.wsnotify.retention.RetentionStore.Swept;
import org.wsnotify.retention.RetentionStore.Walked;

/**
 * Applies one kind of rule in steps, and remembers for each choice of types how far it came. So what is kept is not
 * examined again and again, but once a day. For one thread at a time; blocks on the store.
 *
 * @param <P> what tells where a step ended
 */
final class RuleWalk<P> {

    /** How often a walk begins anew: something may have been stored much later than its id or its time says. */
    private static final Duration ANEW = Duration.ofDays(1);

    /** By how much a change may usually be stored later than the time that it carries. */
    private static final Duration LATE = Duration.ofHours(1);

    private final Map<Types, Duration> times;
    private final Step<P> step;
    private final Function<Instant, Optional<P>> onceComplete;
    private final Map<Types, P> positions = new HashMap<>();
    private final Map<Types, Instant> begun = new HashMap<>();

    private RuleWalk(Map<Types, Duration> times, Step<P> step, Function<Instant, Optional<P>> onceComplete) {
        this.times = times;
        this.step = step;
        this.onceComplete = onceComplete;
    }

    /** One step of a store. */
    @FunctionalInterface
    interface Step<P> {
        Walked<P> from(Types types, Instant before, Optional<P> after, int most);
    }

    /** Goes through notifications in the order of what became of them, and then again through those of the last hour. */
    static RuleWalk<AgePosition> byAge(KeepTimes times, Step<AgePosition> step) {
        return new RuleWalk<>(times.rules(), step, before -> Optional.of(new AgePosition(before.minus(LATE), "")));
    }

    /** Goes through notifications in the order of their ids. */
    static RuleWalk<String> byId(KeepTimes times, Step<String> step) {
        return new RuleWalk<>(times.rules(), step, before -> Optional.empty());
    }

    /** Returns the choices of types that have times. */
    Set<Types> types() {
        return times.keySet();
    }

    /** Does the next step for a choice of types. If it fails, the next one begins at the same place. */
    Swept next(Types types, Instant now, int most) {
        Instant before = now.minus(times.get(types));
        Walked<P> walked = step.from(types, before, Optional.ofNullable(positions.get(types)), most);
        begun.putIfAbsent(types, now);
        if (walked.swept().more()) {
            walked.last().ifPresent(position -> positions.put(types, position));
        } else if (now.isBefore(begun.get(types).plus(ANEW))) {
            onceComplete.apply(before).or(walked::last).ifPresent(position -> positions.put(types, position));
        } else {
            begun.remove(types);
            positions.remove(types);
        }
        return walked.swept();
    }
}
