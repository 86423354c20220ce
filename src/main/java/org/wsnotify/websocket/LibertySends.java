package org.wsnotify.websocket;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Lets Open Liberty write a frame at once, on the thread that sends it, if the client has room for it. By itself its
 * WebSocket engine hands every asynchronous send to the thread of a selector, and from there to a pool. There is no
 * setting for that, so the channel under the engine is replaced by one that is not told to queue. What cannot be written
 * at once takes the selector's way as before, so a write waits for no client.
 *
 * <p>Does nothing to other engines, to connections with TLS, or to an engine that has become different: they then work as
 * before.
 */
final class LibertySends {

    private static final Logger LOG = System.getLogger(LibertySends.class.getName());
    private static final AtomicBoolean TOLD = new AtomicBoolean();
    private static final String CHANNEL = "NioTCPWriteRequestContextImpl";

    private LibertySends() {}

    /** @param session a session of the container that was just opened, before its first send */
    static void writeAtOnce(Object session) {
        try {
            replaceChannel(session.getClass().getMethod("getSessionImpl").invoke(session));
        } catch (NoSuchMethodException e) { // another engine
            LOG.log(Level.TRACE, "Sends are as they are: {0}", e.toString());
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.log(
                    TOLD.getAndSet(true) ? Level.DEBUG : Level.INFO,
                    "sends cost more than they could: {0}",
                    e.toString());
        }
    }

    private static void replaceChannel(Object session) throws ReflectiveOperationException {
        Object link = field(session, "connLink").get(session);
        Object writer = field(link, "linkWrite").get(link);
        Field channel = field(writer, "tcpWriteContext");
        Object queued = channel.get(writer);
        Class<?> type = queued.getClass();
        if (type.getSimpleName().equals(CHANNEL)) {
            channel.set(writer, new DirectChannel(queued, link, channel.getType()).asChannel());
        } else if (!type.getName().contains(".ssl.")) {
            throw new ReflectiveOperationException("an unknown channel, " + type.getName());
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
     * <p>The link hears here of a write that was complete or failed at once. The engine's own callback must not tell it
     * then: it is written for other threads, and would wait for itself where a send comes out of another completion.
     */
    private static final class DirectChannel implements InvocationHandler {

        private static final int ARGUMENTS = 4;
        private static final int CALLBACK = 1;
        private static final int FORCE_QUEUE = 2;
        private static final int CAUSE = 2;

        private final Object channel;
        private final Object link;
        private final Class<?> type;
        private final Method completed;
        private final Method failed;

        /** Instead of the engine's callback, which is the same for all sends of a session. */
        private Object callback;

        private volatile Attempt latest = new Attempt(null);

        /** A write, as the thread sees it that writes. */
        private static final class Attempt {
            private final Thread thread;
            private boolean over;
            private IOException failure;

            Attempt(Thread thread) {
                this.thread = thread;
            }
        }

        DirectChannel(Object channel, Object link, Class<?> type) throws NoSuchMethodException {
            this.channel = channel;
            this.link = link;
            this.type = type;
            this.completed = accessible(link.getClass().getMethod("processWrite", type));
            this.failed = accessible(link.getClass().getMethod("processWriteError", type, IOException.class));
        }

        /** Returns a method without its check of access, which would be made for each call. */
        private static Method accessible(Method method) {
            method.setAccessible(true);
            return method;
        }

        Object asChannel() {
            return proxy(type, this);
        }

        private static Object proxy(Class<?> type, InvocationHandler handler) {
            return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler);
        }

        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
            return method.getParameterCount() == ARGUMENTS && method.getName().equals("write")
                    ? write(method, arguments)
                    : call(method, channel, arguments);
        }

        /** The engine has one write under way at a time, and so has this. */
        private Object write(Method method, Object[] arguments) throws Throwable {
            if (callback == null) {
                callback = laterOnly(method.getParameterTypes()[CALLBACK], arguments[CALLBACK]);
            }
            arguments[CALLBACK] = callback;
            arguments[FORCE_QUEUE] = false;
            Attempt attempt = new Attempt(Thread.currentThread());
            latest = attempt;
            Object written;
            try {
                written = call(method, channel, arguments);
            } finally {
                attempt.over = true;
            }
            if (attempt.failure != null) {
                call(failed, link, channel, attempt.failure);
            } else if (written != null) {
                call(completed, link, channel);
            }
            return written;
        }

        /** Passes on what the channel reports later, and keeps a failure that it reports within the write. */
        private Object laterOnly(Class<?> type, Object callback) {
            return proxy(type, (proxy, method, arguments) -> {
                Attempt attempt = latest;
                if (attempt.thread == Thread.currentThread()
                        && !attempt.over
                        && method.getName().equals("error")) {
                    attempt.failure = (IOException) arguments[CAUSE];
                    return null;
                }
                return call(method, callback, arguments);
            });
        }

        private static Object call(Method method, Object target, Object... arguments) throws Throwable {
            try {
                return method.invoke(target, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }
    }
}
