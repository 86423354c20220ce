package org.wsnotify.embedded;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.h2.mvstore.WriteBuffer;

/** Writes the fields of a record one after another. {@link RecordReader} reads them in the same order. */
final class FieldWriter {

    private final WriteBuffer buffer;

    FieldWriter(WriteBuffer buffer) {
        this.buffer = buffer;
    }

    /** Returns where the fields are written, for a record inside a record. */
    WriteBuffer buffer() {
        return buffer;
    }

    /** Writes any text, even with unpaired surrogates: different texts have different bytes. */
    FieldWriter text(String text) {
        buffer.putVarInt(text.length()).putStringData(text, text.length());
        return this;
    }

    FieldWriter number(int number) {
        buffer.putVarInt(number);
        return this;
    }

    FieldWriter flag(boolean flag) {
        buffer.put((byte) (flag ? 1 : 0));
        return this;
    }

    FieldWriter time(Instant time) {
        return millis(time.toEpochMilli());
    }

    FieldWriter millis(long millis) {
        buffer.putLong(millis);
        return this;
    }

    <E> FieldWriter optional(Optional<E> value, BiConsumer<FieldWriter, E> write) {
        flag(value.isPresent());
        value.ifPresent(present -> write.accept(this, present));
        return this;
    }

    <E> FieldWriter list(List<E> elements, BiConsumer<FieldWriter, E> write) {
        number(elements.size());
        elements.forEach(element -> write.accept(this, element));
        return this;
    }
}
