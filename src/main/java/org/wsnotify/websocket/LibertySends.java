package org.wsnotify.websocket;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/**
 * Lets Open Liberty write a frame at once, on the thread that sends it, if the client has room for it. By itself its
 * WebSocket engine hands every asynchronous send to the thread of a selector, which hands it to two pools, one after the
 * other. There is no setting for that, so the channel under the engine is replaced by one that is not told to queue. What
 * cannot be written at once takes the selector's way as before. So no thread ever waits for a client.
 *
 * <p>Does nothing to other engines, to connections with TLS, or to an engine that has become different: they then work as
 * before.
 */
final class LibertySends {

    private static final Logger LOG = System.getLogger(LibertySends.class.getName());
    private static final String CHANNEL = "NioTCPWriteRequestContextImpl";

    private LibertySends() {}

    /** @param session a session of the container that was just opened, before its first send */
    static void writeAtOnce(Object session) {
        try {
            replaceChannel(session.getClass().getMethod("getSessionImpl").invoke(session));
        } catch (NoSuchMethodException e) { // another engine
            LOG.log(Level.TRACE, "Sends are as they are: {0}", e.toString());
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.log(Level.DEBUG, "Sends cost more than they could: {0}", e.toString());
        }
    }

    private static void replaceChannel(Object session) throws ReflectiveOperationException {
        Object link = field(session, "connLink").get(session);
        Object writer = field(link, "linkWrite").get(link);
        Field channel = field(writer, "tcpWriteContext");
        Object queued = channel.get(writer);
        if (queued.getClass().getSimpleName().equals(CHANNEL)) {
            Method completed = link.getClass().getMethod("processWrite", channel.getType());
            channel.set(writer, new DirectChannel(queued, link, completed).as(channel.getType()));
        }
    }

    private static Field field(Object owner, String name) throws NoSuchFieldException {
        for (Class<?> type = owner.getClass(); type != null; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (field.getName().equals(name)) {
                    field.setAccessible(true);
                    return field;
                }
            }
        }
        throw new NoSuchFieldException(owner.getClass().getName() + "." + name);
    }

    /**
     * Passes everything on to a channel, except that an asynchronous write is not queued.
     *
     * @param link hears of writes that are complete
     * @param completed the method of the link that says so; otherwise the channel itself does, from another thread
     */
    private record DirectChannel(Object channel, Object link, Method completed) implements InvocationHandler {

        private static final int ARGUMENTS = 4;
        private static final int FORCE_QUEUE = 2;

        Object as(Class<?> type) {
            return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, this);
        }

        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
            try {
                return isAsynchronousWrite(method) ? write(method, arguments) : method.invoke(channel, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }

        private static boolean isAsynchronousWrite(Method method) {
            return method.getParameterCount() == ARGUMENTS && method.getName().equals("write");
        }

        private Object write(Method method, Object[] arguments) throws ReflectiveOperationException {
            arguments[FORCE_QUEUE] = false;
            Object written = method.invoke(channel, arguments);
            if (written != null) {
                completed.invoke(link, channel);
            }
            return written;
        }
    }
}
