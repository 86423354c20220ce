package org.wsnotify.config;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.annotation.Annotation;

/**
 * Closes the ports of Payara before Payara stops. It would keep them open while it removes the application, and answer
 * requests with an empty 500 or even an empty 200, which a careless publisher takes for an acknowledgement.
 *
 * <p>Does nothing on other servers, or on a Payara that has become different: it then works as before.
 */
final class PayaraPorts {

    private static final Logger LOG = System.getLogger(PayaraPorts.class.getName());
    private static final String SERVICE = "com.sun.enterprise.v3.services.impl.GrizzlyService";
    private static final String LISTENER = "org.glassfish.grizzly.config.dom.NetworkListener";
    private static final String PROXY = "com.sun.enterprise.v3.services.impl.NetworkProxy";

    private PayaraPorts() {}

    /** Ends all connections to this server, and takes no more. */
    static void close() {
        try {
            closeAll(type("org.glassfish.internal.api.Globals"));
        } catch (ClassNotFoundException e) {
            LOG.log(Level.DEBUG, "this is not Payara: {0}", e.toString());
        }
    }

    private static void closeAll(Class<?> globals) {
        try {
            Object service = globals.getMethod("get", Class.class).invoke(null, type(SERVICE));
            Object services = type(SERVICE).getMethod("getHabitat").invoke(service);
            Object listeners = type("org.glassfish.hk2.api.ServiceLocator")
                    .getMethod("getAllServices", Class.class, Annotation[].class)
                    .invoke(services, type(LISTENER), new Annotation[0]);
            for (Object listener : (Iterable<?>) listeners) {
                close(service, listener);
            }
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) { // the server must stop anyway
            staysOpen(e);
        }
    }

    private static void close(Object service, Object listener) {
        try {
            Object proxy = type(SERVICE)
                    .getMethod("lookupNetworkProxy", type(LISTENER))
                    .invoke(service, listener);
            if (proxy != null) { // it is null for a listener that is not enabled
                type(PROXY).getMethod("stop").invoke(proxy);
            }
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) { // others can be closed
            staysOpen(e);
        }
    }

    private static void staysOpen(Throwable why) {
        LOG.log(Level.INFO, "a port stays open while the server stops: {0}", why.toString());
    }

    private static Class<?> type(String name) throws ClassNotFoundException {
        return Class.forName(name, true, PayaraPorts.class.getClassLoader());
    }
}
