package org.wsnotify.config;

import java.util.function.Supplier;

/** A setting cannot work; the message is one sentence for the operator. */
public class SettingsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private static final System.Logger LOG = System.getLogger(SettingsException.class.getName());

    public SettingsException(String sentence) {
        super(sentence);
    }

    /** Makes something of the settings; what cannot work is said in one line, before the server says it in many. */
    static <T> T told(Supplier<T> work) {
        try {
            return work.get();
        } catch (SettingsException e) {
            LOG.log(System.Logger.Level.ERROR, "cannot start: {0}", e.getMessage());
            throw e;
        }
    }
}
