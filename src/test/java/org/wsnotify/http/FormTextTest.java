package org.wsnotify.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormTextTest {

    @ParameterizedTest
    @CsvSource({
        "a+b%2Bc, a b+c",
        "caf%C3%A9, caf\u00e9",
        "caf\u00e9, caf\u00e9",
        "caf\u00e9%c3%a9, caf\u00e9\u00e9",
        "%F0%9F%98%80, \ud83d\ude00",
        "%EF%BF%BD, \ufffd",
        "%ef%bf%bd, \ufffd",
        "a=b, a=b",
        "%26%3D%25, &=%"
    })
    void aValueIsDecoded(String given, String value) {
        assertThat(FormText.read("x=1&content=" + given + "&y").text("content")).contains(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%E9", "caf%E9%EF%BF%BD", "%ED%A0%80", "%C3", "%C0%80", "%", "%4", "%zz", "%-1", "%+1"})
    void whatIsNotUtf8IsRefusedAndNotReplaced(String given) {
        assertThatThrownBy(() -> FormText.read("content=" + given)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> FormText.read(given + "=c")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void ofWhatIsGivenTwiceTheLastCountsAsWithTheEarlierServer() {
        assertThat(FormText.read("email_send=0&content=c&email_send=1").text("email_send"))
                .contains("1");
    }
}
