package org.wsnotify.config;

import java.util.List;

/** Says that settings cannot work. The message is for the operator, with one line for each fault. */
public class SettingsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> sentences;

    public SettingsException(String sentence) {
        this(List.of(sentence));
    }

    /** @param sentences one sentence for each fault */
    SettingsException(List<String> sentences) {
        super(String.join("\n    ", sentences));
        this.sentences = List.copyOf(sentences);
    }

    List<String> sentences() {
        return sentences;
    }
}
