package org.wsnotify.delivery;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.wsnotify.inbox.NotificationStore;
import org.wsnotify.notification.Notification;
import org.wsnotify.notification.StoreRefusedException;
import org.wsnotify.notification.StoreUnavailableException;

/** Wraps a store that is sometimes unavailable, or refuses what it is given. */
public final class FailingStore {

    private FailingStore() {}

    /** @param fails returns whether the method of a name fails now */
    public static NotificationStore around(NotificationStore store, Predicate<String> fails) {
        return wrap(store, (method, arguments) -> {
            if (fails.test(method)) {
                throw new StoreUnavailableException("down", null);
            }
        });
    }

    /** @param refused returns whether the store does not accept a notification */
    static NotificationStore refusing(NotificationStore store, Predicate<Notification> refused) {
        return wrap(store, (method, arguments) -> {
            if (method.equals("store")
                    && ((List<?>) arguments[0])
                            .stream().map(Notification.class::cast).anyMatch(refused)) {
                throw new StoreRefusedException("not valid", null);
            }
        });
    }

    private static NotificationStore wrap(NotificationStore store, BiConsumer<String, Object[]> before) {
        return (NotificationStore) Proxy.newProxyInstance(
                FailingStore.class.getClassLoader(),
                new Class<?>[] {NotificationStore.class},
                (proxy, method, arguments) -> {
                    before.accept(method.getName(), arguments);
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
