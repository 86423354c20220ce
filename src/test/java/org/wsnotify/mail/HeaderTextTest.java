package org.wsnotify.mail;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderTextTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "Hello", "Gr\u00fc\u00dfe \u4f60\u597d \ud83d\udd14", "a\tb", "Re: [x] <y> \"z\""})
    void oneLineIsASubject(String text) {
        assertThat(HeaderText.isSubject(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nBcc: x@y.example", "a\n", "\r", "a\u0000b", "a\u007f"})
    void whatCouldEndAHeaderIsNoSubject(String text) {
        assertThat(HeaderText.isSubject(text)).isFalse();
    }

    @Test
    void subjectFitsIntoALineOfAMail() {
        assertThat(HeaderText.isSubject("x".repeat(900))).isTrue();
        assertThat(HeaderText.isSubject("x".repeat(901))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "2.13"})
    void twoNumbersAreAMimeVersion(String text) {
        assertThat(HeaderText.isMimeVersion(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "1.0\r\nX: y", "1.0\n", "1.0 (x)", "a.b", "1..0"})
    void anythingElseIsNone(String text) {
        assertThat(HeaderText.isMimeVersion(text)).isFalse();
    }
}
