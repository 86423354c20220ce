package org.wsnotify.embedded;

import java.io.IOException;
import java.util.Locale;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;

/** Explains the library's exceptions to an operator. */
final class FileTrouble {

    private FileTrouble() {}

    /** Returns why the file could not be read or written. */
    static String words(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException && cause.getMessage() != null) {
                return isFull(cause.getMessage()) ? "the disk is full: " + cause.getMessage() : cause.getMessage();
            }
        }
        return isDamage(failure)
                ? "the file is damaged: " + failure.getMessage()
                : String.valueOf(failure.getMessage());
    }

    /** Whether the content of the file is invalid, so that a retry cannot help. */
    private static boolean isDamage(Throwable failure) {
        return failure instanceof MVStoreException e
                && (e.getErrorCode() == DataUtils.ERROR_FILE_CORRUPT
                        || e.getErrorCode() == DataUtils.ERROR_CHUNK_NOT_FOUND);
    }

    /** An exceeded quota or file size limit has the same effect as a full disk. */
    private static boolean isFull(String message) {
        String lower = message.toLowerCase(Locale.ROOT);
        return lower.contains("no space left")
                || lower.contains("not enough space")
                || lower.contains("quota exceeded")
                || lower.contains("file too large");
    }
}
