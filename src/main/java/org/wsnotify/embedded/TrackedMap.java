package org.wsnotify.embedded;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.type.DataType;

/**
 * A table that tells which of its keys were changed, so that a copy can follow it. Changes, and the calls of this class,
 * come one at a time: {@link OpenedFile} and its {@link FileCopier} see to that.
 */
final class TrackedMap<K, V> extends MVMap<K, V> {

    /** Null while nobody wants to know. */
    private Set<K> changed;

    private TrackedMap(Map<String, Object> config, DataType<K> keys, DataType<V> values) {
        super(config, keys, values);
    }

    /** Opens tables. */
    static final class Builder<K, V> extends BasicBuilder<TrackedMap<K, V>, K, V> {

        Builder(DataType<K> keys, DataType<V> values) {
            setKeyType(keys);
            setValueType(values);
        }

        @Override
        protected TrackedMap<K, V> create(Map<String, Object> config) {
            return new TrackedMap<>(config, getKeyType(), getValueType());
        }
    }

    /** Begins to note changes, or begins anew. */
    void track() {
        changed = new HashSet<>();
    }

    /** Ends that. */
    void untrack() {
        changed = null;
    }

    /** Returns whether changes are noted. */
    boolean isTracked() {
        return changed != null;
    }

    /** Returns the keys that were changed since the last call, or since tracking began. Some may be as they were. */
    Set<K> takeChanged() {
        Set<K> taken = changed;
        changed = new HashSet<>();
        return taken;
    }

    /** All changes of single keys come here. */
    @Override
    public V operate(K key, V value, DecisionMaker<? super V> decisionMaker) {
        if (isTracked()) {
            changed.add(key);
        }
        return super.operate(key, value, decisionMaker);
    }

    @Override
    public void clear() {
        if (isTracked()) {
            changed.addAll(keySet());
        }
        super.clear();
    }
}
