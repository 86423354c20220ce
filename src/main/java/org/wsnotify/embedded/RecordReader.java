package org.wsnotify.embedded;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.h2.mvstore.DataUtils;

/** Reads the fields of a record in the order in which {@link FieldWriter} wrote them. */
final class RecordReader {

    private final ByteBuffer buffer;
    private final int version;

    RecordReader(ByteBuffer buffer, int version) {
        this.buffer = buffer;
        this.version = version;
    }

    /** The version of the format in which the record was written. */
    int version() {
        return version;
    }

    /** Returns where the fields are read from, for a record inside a record. */
    ByteBuffer buffer() {
        return buffer;
    }

    String text() {
        int length = DataUtils.readVarInt(buffer);
        return length == 0 ? "" : DataUtils.readString(buffer, length);
    }

    int number() {
        return DataUtils.readVarInt(buffer);
    }

    boolean flag() {
        return buffer.get() != 0;
    }

    Instant time() {
        return Instant.ofEpochMilli(millis());
    }

    long millis() {
        return buffer.getLong();
    }

    <E> Optional<E> optional(Function<RecordReader, E> read) {
        return flag() ? Optional.of(read.apply(this)) : Optional.empty();
    }

    <E> List<E> list(Function<RecordReader, E> read) {
        int size = number();
        List<E> elements = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            elements.add(read.apply(this));
        }
        return elements;
    }
}
