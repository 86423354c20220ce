package org.wsnotify.notification;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text as a reader sees it: the one way to cut it, and the test for halves of characters.
 *
 * <p>Lengths are counted in UTF-16 units, as {@link String#length} does.
 */
public final class WholeCharacters {

    /** An extended grapheme cluster (Unicode Standard Annex 29): what a reader takes for one character. */
    private static final Pattern CHARACTER = Pattern.compile("\\X");

    private WholeCharacters() {}

    /**
     * Returns the beginning of a text, cut between two characters.
     *
     * <p>An accent stays with its letter, and an emoji of several parts stays whole. Where a single character is longer
     * than the limit, it is cut between two code points.
     *
     * @param most length of what is returned, at least 2
     */
    public static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = 0;
        Matcher character = CHARACTER.matcher(text).region(0, Math.min(text.length(), 2 * most));
        while (character.find() && character.end() <= most) {
            end = character.end();
        }
        if (end == 0) {
            end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
        }
        return text.substring(0, end);
    }

    /** Whether a text has no half of a surrogate pair: only then can UTF-8 hold it. */
    public static boolean in(String text) {
        return text.codePoints()
                .noneMatch(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
    }
}
