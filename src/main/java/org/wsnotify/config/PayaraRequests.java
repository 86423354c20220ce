package org.wsnotify.config;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Field;
import java.util.List;

/**
 * Keeps Payara from using the object of one request for another. An asynchronous answer that is ready before the
 * request's thread has left the application leaves a mark on it. If a WebSocket comes next and closes early, the object
 * is free while its thread still works on it: the next request loses its body, or is answered with an empty 200, which a
 * careless publisher takes for an acknowledgement.
 *
 * <p>Does nothing on servers without these classes. If they have become different it warns, and all works as before.
 * Calling it again changes nothing.
 */
final class PayaraRequests {

    private static final Logger LOG = System.getLogger(PayaraRequests.class.getName());
    private static final String CACHE = "org.glassfish.grizzly.ThreadCache";

    /** Holds the mark, the response, the buffers and what the Servlet API shows. What else is kept has no mark. */
    private static final String REQUEST = "org.glassfish.grizzly.http.server.Request";

    private PayaraRequests() {}

    /** Gives every request from now on an object of its own. */
    static void neverReuse() {
        try {
            neverKeep(type(REQUEST), type(CACHE));
        } catch (ClassNotFoundException e) {
            LOG.log(Level.DEBUG, "this is not Payara: {0}", e.toString());
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) { // starts anyway
            LOG.log(Level.WARNING, "Payara may use the object of a request for another: {0}", e.toString());
        }
    }

    /** Each thread keeps what it may use again in a place for its type: exchanges it for a place without room. */
    private static void neverKeep(Class<?> kept, Class<?> cache) throws ReflectiveOperationException {
        Object noRoom = cache.getMethod("obtainIndex", String.class, Class.class, int.class)
                .invoke(null, kept.getName() + ", never kept", kept, 0);
        Object place = accessible(kept.getDeclaredField("CACHE_IDX")).get(null);
        for (String detail : List.of("size", "index")) { // the new place must have no room when it is found
            Field field = accessible(place.getClass().getDeclaredField(detail));
            field.set(place, field.get(noRoom));
        }
    }

    private static Field accessible(Field field) {
        field.setAccessible(true);
        return field;
    }

    private static Class<?> type(String name) throws ClassNotFoundException {
        return Class.forName(name, true, PayaraRequests.class.getClassLoader());
    }
}
