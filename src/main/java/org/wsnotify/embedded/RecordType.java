package org.wsnotify.embedded;

import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;

/**
 * Writes and reads the records of one kind, and orders those that are keys.
 *
 * <p>Each record starts with the version of its format, so that a later version of the server can read what this one
 * wrote: see {@link RecordReader#version}. Immutable.
 */
final class RecordType<T> extends BasicDataType<T> {

    /**
     * Since 3, entries of the outbox hold their publication and notifications; since 4, messages hold actions; since 5,
     * notifications hold their origin, messages hold their group and end, and deleted ones hold why and since when they
     * were seen.
     */
    private static final byte VERSION = 5;

    private static final byte OLDEST_VERSION = 2;
    private static final int OBJECT_BYTES = 48;

    private final IntFunction<T[]> array;
    private final ToIntFunction<T> characters;
    private final BiConsumer<FieldWriter, T> write;
    private final Function<RecordReader, T> read;
    private final Comparator<T> order;

    private RecordType(
            IntFunction<T[]> array,
            ToIntFunction<T> characters,
            BiConsumer<FieldWriter, T> write,
            Function<RecordReader, T> read,
            Comparator<T> order) {
        this.array = array;
        this.characters = characters;
        this.write = write;
        this.read = read;
        this.order = order;
    }

    /**
     * Returns the type of records that are never keys.
     *
     * @param characters the approximate length of all texts of a record
     */
    static <T> RecordType<T> value(
            IntFunction<T[]> array,
            ToIntFunction<T> characters,
            BiConsumer<FieldWriter, T> write,
            Function<RecordReader, T> read) {
        return new RecordType<>(array, characters, write, read, (a, b) -> {
            throw new UnsupportedOperationException(
                    "these records have no order: " + a.getClass() + " and " + b.getClass());
        });
    }

    /** Returns the type of records that are keys, in their natural order. */
    static <T extends Comparable<T>> RecordType<T> key(
            IntFunction<T[]> array,
            ToIntFunction<T> characters,
            BiConsumer<FieldWriter, T> write,
            Function<RecordReader, T> read) {
        return new RecordType<>(array, characters, write, read, Comparator.naturalOrder());
    }

    @Override
    public int compare(T a, T b) {
        return order.compare(a, b);
    }

    @Override
    public int getMemory(T value) {
        return OBJECT_BYTES + 2 * characters.applyAsInt(value);
    }

    @Override
    public void write(WriteBuffer buffer, T value) {
        buffer.put(VERSION);
        write.accept(new FieldWriter(buffer), value);
    }

    @Override
    public T read(ByteBuffer buffer) {
        byte version = buffer.get();
        if (version < OLDEST_VERSION || version > VERSION) {
            throw new IllegalStateException("The file was written by another version of the server: format " + version);
        }
        return read.apply(new RecordReader(buffer, version));
    }

    @Override
    public T[] createStorage(int size) {
        return array.apply(size);
    }
}
