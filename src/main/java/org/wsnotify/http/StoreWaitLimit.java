package org.wsnotify.http;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import org.wsnotify.problem.Problem;
import org.wsnotify.problem.ProblemCode;

/** Lets only some requests wait for the store, so that a store that does not answer leaves the server its threads. */
@WaitsForStore
@Interceptor
@Priority(Interceptor.Priority.APPLICATION)
public class StoreWaitLimit {

    private static final long RETRY_SECONDS = 1;

    @Inject
    StorePlaces places;

    @AroundInvoke
    Object limit(InvocationContext request) throws Exception {
        if (!places.enter()) {
            throw new ProblemException(Problem.of(ProblemCode.STORE_UNAVAILABLE).retryAfter(RETRY_SECONDS));
        }
        try {
            return request.proceed();
        } finally {
            places.leave();
        }
    }
}
