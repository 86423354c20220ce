package org.wsnotify.mongo;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.Document;

/** A command as it was sent, and what the server says of how it carries it out. */
record ExplainedCommand(BsonDocument command, Document plan) {

    /** The stages of the plan that won. */
    List<String> stages() {
        return values("stage", values("winningPlan", plan)).stream()
                .map(String::valueOf)
                .toList();
    }

    /** How many documents the server looks at. */
    long examined() {
        return largest("totalDocsExamined").orElse(Long.MAX_VALUE);
    }

    /** How many keys of the index the server looks at. */
    long keysExamined() {
        return largest("totalKeysExamined").orElse(Long.MAX_VALUE);
    }

    /** How many values are asked for by name: each is looked for in the index, whether it is there or not. */
    long asked() {
        return values("$in", Document.parse(command.toJson())).stream()
                .mapToLong(values -> ((List<?>) values).size())
                .sum();
    }

    /** What is given to us, changed or deleted; not what a stage within the plan gives to another one. */
    long found() {
        List<Object> given = new ArrayList<>();
        for (Object stats : values("executionStats", plan)) {
            given.add(((Document) stats).get("nReturned"));
        }
        given.addAll(values("nCounted", plan));
        given.addAll(values("nMatched", plan));
        given.addAll(values("nWouldDelete", plan));
        return largest(given).orElse(0);
    }

    long skipped() {
        return command.get("skip", new BsonInt32(0)).asNumber().longValue();
    }

    private OptionalLong largest(String field) {
        return largest(values(field, plan));
    }

    private static OptionalLong largest(List<Object> numbers) {
        return numbers.stream().mapToLong(n -> ((Number) n).longValue()).max();
    }

    /** The values of a field, wherever it is; plans that did not win do not count. */
    private static List<Object> values(String field, Object within) {
        List<Object> found = new ArrayList<>();
        if (within instanceof Document document) {
            document.forEach((name, value) -> {
                if (name.equals(field)) {
                    found.add(value);
                }
                if (!name.equals("rejectedPlans")) {
                    found.addAll(values(field, value));
                }
            });
        } else if (within instanceof List<?> list) {
            list.forEach(value -> found.addAll(values(field, value)));
        }
        return found;
    }
}
