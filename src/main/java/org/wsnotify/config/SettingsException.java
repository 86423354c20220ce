package org.wsnotify.config;

/** A setting cannot work; the message is one sentence for the operator. */
public class SettingsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SettingsException(String sentence) {
        super(sentence);
    }
}
