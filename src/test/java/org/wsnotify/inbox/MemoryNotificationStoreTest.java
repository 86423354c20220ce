package org.wsnotify.inbox;

/** The store in memory, which other tests use, fulfils the contract. */
class MemoryNotificationStoreTest extends NotificationStoreContract {
    @Override
    protected NotificationStore emptyStore() {
        return new MemoryNotificationStore();
    }
}
