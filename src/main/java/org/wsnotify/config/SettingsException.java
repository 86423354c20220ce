package org.wsnotify.config;

import java.util.List;
import java.util.function.Supplier;

/** Settings cannot work; the message is for the operator, a line with one sentence for each fault. */
public class SettingsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private static final System.Logger LOG = System.getLogger(SettingsException.class.getName());

    public SettingsException(String sentence) {
        this(List.of(sentence));
    }

    /** @param sentences one for each fault */
    SettingsException(List<String> sentences) {
        super(String.join("\n    ", sentences));
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
