package org.wsnotify.websocket;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Leaves out the timers that Tyrus, the WebSocket engine of Payara, starts for each frame although sessions have no idle
 * timeout. They are due at once and do nothing. Tyrus has no setting for that, so its executor is replaced by one that
 * passes on everything else.
 *
 * <p>Does nothing to other engines, or to a Tyrus that has become different: it then works as before.
 */
final class TyrusTimers {

    private static final Logger LOG = System.getLogger(TyrusTimers.class.getName());
    private static final String EXECUTOR = "managedScheduledExecutorService";

    private TyrusTimers() {}

    /** @param container the WebSocket container of the application, before the first session opens */
    static void leaveOut(Object container) {
        for (Class<?> type = container.getClass(); type != null; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (field.getName().equals(EXECUTOR) && field.getType() == ScheduledExecutorService.class) {
                    replace(container, field);
                }
            }
        }
    }

    private static void replace(Object container, Field field) {
        try {
            field.setAccessible(true);
            if (field.get(container) instanceof ScheduledExecutorService executor) {
                field.set(container, withoutDueTimers(executor));
            }
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.log(Level.DEBUG, "Sends cost more than they could: {0}", e.toString());
        }
    }

    private static ScheduledExecutorService withoutDueTimers(ScheduledExecutorService executor) {
        return (ScheduledExecutorService) Proxy.newProxyInstance(
                TyrusTimers.class.getClassLoader(),
                new Class<?>[] {ScheduledExecutorService.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("schedule") && (long) arguments[1] <= 0) {
                        return null; // to Tyrus, no timer
                    }
                    try {
                        return method.invoke(executor, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
