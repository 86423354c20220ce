package org.wsnotify.mail;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderTextTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "Hello", "Gr\u00fc\u00dfe \u4f60\u597d \ud83d\udd14", "Re: [x] <y> \"z\""})
    void oneLineIsASubject(String text) {
        assertThat(HeaderText.isSubject(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\r\nBcc: x@y.example",
                "a\n",
                "\r",
                "a\u0000b",
                "a\tb",
                "a\u007f",
                "a\u0085b",
                "a\u2028b",
                "a\u2029b"
            })
    void textWithControlCharactersIsNotASubject(String text) {
        assertThat(HeaderText.isSubject(text)).isFalse();
    }

    @Test
    void subjectHasAtMost900Characters() {
        assertThat(HeaderText.isSubject("x".repeat(900))).isTrue();
        assertThat(HeaderText.isSubject("x".repeat(901))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "'One\r\nTwo\tThree', One Two Three",
        "' \u2028Hello\u0085', Hello",
        "'', Notification",
        "'\n \n', Notification"
    })
    void titleBecomesASubjectOnOneLine(String title, String subject) {
        assertThat(HeaderText.subjectOf(title)).isEqualTo(subject);
    }

    @Test
    void longTitleIsCutBetweenCharacters() {
        assertThat(HeaderText.subjectOf("x".repeat(899) + "\ud83d\udd14")).isEqualTo("x".repeat(899));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "2.13"})
    void twoNumbersAreAMimeVersion(String text) {
        assertThat(HeaderText.isMimeVersion(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "1.0\r\nX: y", "1.0\n", "1.0 (x)", "a.b", "1..0"})
    void otherTextIsNotAMimeVersion(String text) {
        assertThat(HeaderText.isMimeVersion(text)).isFalse();
    }
}
