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
import org.wsnotify.notification.StoreRefusedException;
import org.wsnotify.notification.StoreUnavailableException;

/** Classifies the driver's exceptions and translates them into those of the ports. */
final class MongoFailures {

    /** Tells an operator that the database refuses the login. */
    static final String REFUSED_LOGIN = "the user or the password of the URI, or its authSource, is refused";

    private static final int DUPLICATE_KEY = 11000;
    private static final int UNAUTHORIZED = 13;

    /**
     * Temporary failures of a server: HostUnreachable, HostNotFound, WriteConcernFailed, NetworkTimeout,
     * ShutdownInProgress, UnsatisfiableWriteConcern, WriteConflict, ReadConcernMajorityNotAvailableYet,
     * PrimarySteppedDown, ExceededTimeLimit, SocketException, NotWritablePrimary, InterruptedAtShutdown,
     * InterruptedDueToReplStateChange, NotPrimaryNoSecondaryOk, NotPrimaryOrSecondary.
     */
    private static final Set<Integer> PASSING =
            Set.of(6, 7, 64, 89, 91, 100, 112, 134, 189, 262, 9001, 10107, 11600, 11602, 13435, 13436);

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

    /** Whether the only errors are that documents existed already, which a repeated insert expects. */
    static boolean onlyDuplicates(MongoBulkWriteException bulk) {
        return bulk.getWriteConcernError() == null
                && bulk.getWriteErrors().stream().allMatch(error -> error.getCode() == DUPLICATE_KEY);
    }

    /**
     * Returns the exception of the ports for a failure. Its message names the operation and the kind of failure, and
     * no value of a document or setting.
     */
    static StoreUnavailableException unavailable(String what, MongoException failure) {
        String message = "MongoDB: " + what + " failed: " + kind(failure) + hint(failure);
        boolean refused = failure instanceof MongoBulkWriteException && !passing(failure);
        return refused ? new StoreRefusedException(message, failure) : new StoreUnavailableException(message, failure);
    }

    /** Returns the kind of a failure and the server's codes, without any value of a document or setting. */
    static String kind(MongoException failure) {
        return failure.getClass().getSimpleName() + codes(failure);
    }

    /** Whether the user of the URI lacks a right. */
    static boolean unauthorized(MongoException failure) {
        return failure.getCode() == UNAUTHORIZED;
    }

    /** Returns the exception for an operation that was not tried, because no primary is known. */
    static StoreUnavailableException noPrimary(String what, String reason) {
        return new StoreUnavailableException("MongoDB: " + what + " failed: no primary is known (" + reason + ")");
    }

    private static String hint(MongoException failure) {
        if (failure instanceof MongoSecurityException) {
            return " (" + REFUSED_LOGIN + ")";
        }
        return unauthorized(failure) ? " (the user of the URI may not do that)" : "";
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
