package org.wsnotify.mongo;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoConnectionPoolClearedException;
import com.mongodb.MongoException;
import com.mongodb.MongoExecutionTimeoutException;
import com.mongodb.MongoNodeIsRecoveringException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoServerException;
import com.mongodb.MongoSocketException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.MongoWriteConcernException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.bulk.WriteConcernError;
import java.util.Set;
import org.wsnotify.notification.StoreUnavailableException;

/** What the driver's exceptions mean to us. */
final class MongoFailures {

    /** What an operator is told when the database does not let us in. */
    static final String REFUSED_LOGIN = "the user or the password of the URI, or its authSource, is refused";

    private static final int DUPLICATE_KEY = 11000;
    private static final int UNAUTHORIZED = 13;

    /**
     * Failures of a server that pass: HostUnreachable, HostNotFound, WriteConcernFailed, NetworkTimeout,
     * ShutdownInProgress, UnsatisfiableWriteConcern, WriteConflict, PrimarySteppedDown, ExceededTimeLimit,
     * SocketException, NotWritablePrimary, InterruptedAtShutdown, InterruptedDueToReplStateChange,
     * NotPrimaryNoSecondaryOk, NotPrimaryOrSecondary.
     */
    private static final Set<Integer> PASSING =
            Set.of(6, 7, 64, 89, 91, 100, 112, 189, 262, 9001, 10107, 11600, 11602, 13435, 13436);

    private MongoFailures() {}

    /** Whether the same operation may succeed a little later. */
    static boolean passing(MongoException failure) {
        if (failure instanceof MongoSecurityException) {
            return false;
        }
        if (failure instanceof MongoBulkWriteException bulk) {
            return passing(bulk);
        }
        return failure instanceof MongoSocketException
                || failure instanceof MongoTimeoutException
                || failure instanceof MongoExecutionTimeoutException
                || failure instanceof MongoNotPrimaryException
                || failure instanceof MongoNodeIsRecoveringException
                || failure instanceof MongoConnectionPoolClearedException
                || failure instanceof MongoWriteConcernException
                || failure.hasErrorLabel("RetryableWriteError")
                || (failure instanceof MongoServerException && PASSING.contains(failure.getCode()));
    }

    private static boolean passing(MongoBulkWriteException bulk) {
        return bulk.getWriteErrors().stream()
                .map(BulkWriteError::getCode)
                .allMatch(code -> code == DUPLICATE_KEY || PASSING.contains(code));
    }

    /** Whether all that went wrong is that documents were there already: durably, as this insert wanted them to be. */
    static boolean onlyDuplicates(MongoBulkWriteException bulk) {
        return bulk.getWriteConcernError() == null
                && bulk.getWriteErrors().stream().allMatch(error -> error.getCode() == DUPLICATE_KEY);
    }

    /**
     * The failure in the words of the ports: which operation, which kind of failure, no value of any document or
     * setting.
     */
    static StoreUnavailableException unavailable(String what, MongoException failure) {
        return new StoreUnavailableException(
                "MongoDB: " + what + " failed: " + failure.getClass().getSimpleName() + codes(failure) + hint(failure),
                failure);
    }

    /** Nothing was tried: there is nobody to try it with. */
    static StoreUnavailableException noPrimary(String what, String reason) {
        return new StoreUnavailableException("MongoDB: " + what + " failed: no primary is known (" + reason + ")");
    }

    private static String hint(MongoException failure) {
        if (failure instanceof MongoSecurityException) {
            return " (" + REFUSED_LOGIN + ")";
        }
        return failure.getCode() == UNAUTHORIZED ? " (the user of the URI may not do that)" : "";
    }

    private static String codes(MongoException failure) {
        if (failure instanceof MongoBulkWriteException bulk) {
            WriteConcernError concern = bulk.getWriteConcernError();
            return bulk.getWriteErrors().stream()
                            .map(BulkWriteError::getCode)
                            .distinct()
                            .toList()
                    + (concern == null ? "" : ", write concern " + concern.getCode());
        }
        return failure instanceof MongoServerException ? " " + failure.getCode() : "";
    }
}
