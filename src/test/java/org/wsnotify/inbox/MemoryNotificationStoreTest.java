package org.wsnotify.inbox;

/** The store that other tests use is one. */
class MemoryNotificationStoreTest extends NotificationStoreContract {
    @Override
    protected NotificationStore emptyStore() {
        return new MemoryNotificationStore();
    }
}
