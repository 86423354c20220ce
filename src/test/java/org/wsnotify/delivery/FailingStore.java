package org.wsnotify.delivery;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.Predicate;
import org.wsnotify.inbox.NotificationStore;
import org.wsnotify.notification.StoreUnavailableException;

/** Wraps a store that is sometimes unavailable. */
public final class FailingStore {

    private FailingStore() {}

    /** @param fails returns whether the method of a name fails now */
    public static NotificationStore around(NotificationStore store, Predicate<String> fails) {
        return (NotificationStore) Proxy.newProxyInstance(
                FailingStore.class.getClassLoader(),
                new Class<?>[] {NotificationStore.class},
                (proxy, method, arguments) -> {
                    if (fails.test(method.getName())) {
                        throw new StoreUnavailableException("down", null);
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
