package org.wsnotify.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.List;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.wsnotify.login.LoggedLines;
import org.wsnotify.relay.RelayLog;
import org.wsnotify.relay.RelayLogContract;
import org.wsnotify.relay.RelayStream;

/** {@link MongoRelayLog} on a substitute for MongoDB in this process. */
class MongoRelayLogTest extends RelayLogContract {

    @RegisterExtension
    static final DatabasePerClass DATABASE = new DatabasePerClass(MongoTestDatabase::inProcess);

    @Override
    protected RelayLog emptyLog() {
        return new MongoRelayLog(DATABASE.connection(), Clock.systemUTC());
    }

    @Test
    void itIsLoggedOnceThatServersPoll() {
        RelayLog log = emptyLog();
        try (LoggedLines logged = new LoggedLines(MongoRelayLog.class, Level.INFO)) {
            for (int i = 0; i < 3; i++) {
                RelayStream stream = log.follow("0000000a");
                assertThat(stream.next()).isEqualTo(new RelayStream.Received(List.of(), true));
                stream.close();
            }

            assertThat(logged.lines())
                    .containsExactly("this database has no change streams (MongoCommandException -1):"
                            + " servers tell each other by polling every 250 ms");
        }
    }
}
