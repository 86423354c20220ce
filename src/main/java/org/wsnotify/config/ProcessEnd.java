package org.wsnotify.config;

import jakarta.enterprise.context.ApplicationScoped;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Stops the application when the process is told to end (SIGTERM, or SIGINT at a terminal), and only then lets the
 * server stop.
 *
 * <p>By themselves the servers differ. Payara stops applications first. Open Liberty closes all connections first, so
 * that clients could not be told. A shutdown hook of the JVM comes too late: it runs beside the hook of the server. So
 * this class handles the signal itself, and passes it on when the application has stopped. It uses {@code
 * sun.misc.Signal} by reflection, because the compiler warns of a direct use. If the class is missing, the server keeps
 * its own order.
 */
@ApplicationScoped
public class ProcessEnd {

    private static final System.Logger LOG = System.getLogger(ProcessEnd.class.getName());
    private static final List<String> SIGNALS = List.of("TERM", "INT");

    private final Map<Object, Object> handlersBefore = new LinkedHashMap<>();
    private ClassLoader loader;

    /** Takes the signals; called once, at the start. */
    void stopFirst(Runnable stop) {
        loader = Thread.currentThread().getContextClassLoader();
        for (String name : SIGNALS) {
            try {
                Object signal = type("Signal").getConstructor(String.class).newInstance(name);
                handlersBefore.put(signal, handle(signal, handler(signal, stop)));
            } catch (ReflectiveOperationException e) { // for example with -Xrs
                LOG.log(System.Logger.Level.INFO, "SIG{0} stops the server first: {1}", name, e.toString());
            }
        }
    }

    /** Gives the signals back, after the application has stopped: the process may go on. */
    void forget() {
        handlersBefore.forEach((signal, before) -> {
            try {
                handle(signal, before);
            } catch (ReflectiveOperationException e) {
                LOG.log(System.Logger.Level.DEBUG, "a signal was not given back: {0}", e.toString());
            }
        });
    }

    private Object handler(Object signal, Runnable stop) throws ClassNotFoundException {
        Class<?> type = type("SignalHandler");
        return Proxy.newProxyInstance(
                ClassLoader.getSystemClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "equals" -> proxy == arguments[0];
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "toString" -> "stops webservice-notification";
                    default -> stopped(signal, stop, method);
                });
    }

    private Object stopped(Object signal, Runnable stop, Method handle) throws ReflectiveOperationException {
        try {
            Thread.currentThread().setContextClassLoader(loader); // Payara finds the application and its beans by it
            stop.run();
        } catch (RuntimeException | Error e) { // the server must stop anyway
            LOG.log(System.Logger.Level.ERROR, "the application did not stop as it should", e);
        }
        return handle.invoke(handlersBefore.get(signal), signal);
    }

    private static Object handle(Object signal, Object handler) throws ReflectiveOperationException {
        return type("Signal")
                .getMethod("handle", type("Signal"), type("SignalHandler"))
                .invoke(null, signal, handler);
    }

    private static Class<?> type(String name) throws ClassNotFoundException {
        return Class.forName("sun.misc." + name, true, ClassLoader.getSystemClassLoader());
    }
}
