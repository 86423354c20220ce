package org.wsnotify.notification;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts text between characters as a reader sees them, and detects halves of surrogate pairs.
 *
 * <p>Lengths are UTF-16 units, as in {@link String#length}.
 */
public final class WholeCharacters {

    /** An extended grapheme cluster (Unicode Standard Annex 29), which a reader sees as one character. */
    private static final Pattern CHARACTER = Pattern.compile("\\X");

    private WholeCharacters() {}

    /**
     * Returns the beginning of a text, cut between two characters.
     *
     * <p>An accent stays with its letter, and an emoji of several parts stays whole. If the first character is longer
     * than the limit, it is cut between two code points.
     *
     * @param maxLength the maximum length of the result, at least 2
     */
    public static String cut(String text, int maxLength) {
        if (text.length() <= maxLength) {
            return text;
        }
        int end = 0;
        Matcher character = CHARACTER.matcher(text).region(0, Math.min(text.length(), 2 * maxLength));
        while (character.find() && character.end() <= maxLength) {
            end = character.end();
        }
        if (end == 0) {
            end = Character.isHighSurrogate(text.charAt(maxLength - 1)) ? maxLength - 1 : maxLength;
        }
        return text.substring(0, end);
    }

    /** Returns whether a text has no unpaired surrogate. UTF-8 cannot represent one. */
    public static boolean in(String text) {
        return text.codePoints()
                .noneMatch(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
    }
}
