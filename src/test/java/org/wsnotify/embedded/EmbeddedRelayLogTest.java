package org.wsnotify.embedded;

import org.wsnotify.relay.RelayLog;
import org.wsnotify.relay.RelayLogContract;

class EmbeddedRelayLogTest extends RelayLogContract {

    @Override
    protected RelayLog emptyLog() {
        return new EmbeddedRelayLog();
    }
}
