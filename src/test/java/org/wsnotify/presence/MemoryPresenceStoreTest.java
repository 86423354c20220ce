package org.wsnotify.presence;

class MemoryPresenceStoreTest extends PresenceStoreContract {

    @Override
    protected PresenceStore emptyStore() {
        return new MemoryPresenceStore();
    }
}
