package org.wsnotify.mongo;

import com.mongodb.client.MongoDatabase;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.Document;

/**
 * Lets the server explain each query just before it is carried out, over another connection: so that what it examines
 * is counted on the documents that the query finds.
 */
final class ExplainedCommands implements CommandListener {

    private static final Set<String> QUERIES =
            Set.of("find", "aggregate", "count", "distinct", "update", "delete", "findAndModify");

    /** What a session or a driver adds to a command, and explain does not take. */
    private static final List<String> NOT_EXPLAINED = List.of(
            "lsid", "$db", "txnNumber", "$clusterTime", "$readPreference", "readConcern", "writeConcern", "ordered");

    private final MongoDatabase explaining;
    private final List<ExplainedCommand> explained = new CopyOnWriteArrayList<>();

    ExplainedCommands(MongoDatabase explaining) {
        this.explaining = explaining;
    }

    List<ExplainedCommand> all() {
        return explained;
    }

    @Override
    public void commandStarted(CommandStartedEvent event) {
        if (QUERIES.contains(event.getCommandName())) {
            BsonDocument command = new BsonDocument();
            command.putAll(BsonDocument.parse(event.getCommand().toJson()));
            NOT_EXPLAINED.forEach(command::remove);
            statements(command).forEach(one -> explained.add(new ExplainedCommand(one, plan(one))));
        }
    }

    /** Only single statements can be explained. */
    private static Stream<BsonDocument> statements(BsonDocument command) {
        return Stream.of("updates", "deletes")
                .filter(command::containsKey)
                .findAny()
                .map(field -> command.getArray(field).stream().map(statement -> {
                    BsonDocument one = command.clone();
                    one.put(field, new BsonArray(List.of(statement)));
                    return one;
                }))
                .orElseGet(() -> Stream.of(command));
    }

    private Document plan(BsonDocument command) {
        try {
            return explaining.runCommand(
                    new BsonDocument("explain", command).append("verbosity", new BsonString("executionStats")));
        } catch (RuntimeException failure) {
            // The driver would swallow it: a plan without any stage fails the test.
            return new Document("failure", failure.toString());
        }
    }
}
