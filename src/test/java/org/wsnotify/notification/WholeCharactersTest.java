package org.wsnotify.notification;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WholeCharactersTest {

    private static final String EMOJI = "\ud83d\ude00";
    private static final String FAMILY = "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67";

    @Test
    void shortTextIsNotCut() {
        assertThat(WholeCharacters.cut("abc", 3)).isEqualTo("abc");
    }

    @Test
    void emojiIsNotCutInHalf() {
        assertThat(WholeCharacters.cut("a" + EMOJI.repeat(511), 900)).isEqualTo("a" + EMOJI.repeat(449));
        assertThat(WholeCharacters.cut("a" + EMOJI.repeat(511), 901)).isEqualTo("a" + EMOJI.repeat(450));
    }

    @Test
    void graphemeClusterIsNotCut() {
        assertThat(WholeCharacters.cut("abe\u0301x", 3)).isEqualTo("ab");
        assertThat(WholeCharacters.cut("ab" + FAMILY, 7)).isEqualTo("ab");
        assertThat(WholeCharacters.cut("ab" + FAMILY, 10)).isEqualTo("ab" + FAMILY);
        assertThat(WholeCharacters.cut("ab" + FAMILY + "c", 10)).isEqualTo("ab" + FAMILY);
    }

    @Test
    void endlessGraphemeClusterIsCutBetweenCodePoints() {
        assertThat(WholeCharacters.cut("e" + "\u0301".repeat(5000), 10)).hasSize(10);
        assertThat(WholeCharacters.cut((EMOJI + "\u200d").repeat(5000), 11)).hasSize(11);
        assertThat(WholeCharacters.cut((EMOJI + "\u200d").repeat(5000), 10)).hasSize(9);
    }

    @Test
    void halfASurrogatePairIsNotACharacter() {
        assertThat(WholeCharacters.in("a" + EMOJI)).isTrue();
        assertThat(WholeCharacters.in("\ud83d")).isFalse();
        assertThat(WholeCharacters.in("\ude00\ud83d")).isFalse();
    }
}
