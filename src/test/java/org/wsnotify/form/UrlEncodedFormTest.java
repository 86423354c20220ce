package org.wsnotify.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlEncodedFormTest {

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
    void namesAndValuesAreDecoded(String given, String decoded) {
        assertThat(fields("x=1&content=" + given)).containsExactly("x=1", "content=" + decoded);
        assertThat(fields(given.replace("=", "%3D"))).containsExactly(decoded + "=");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%E9", "caf%E9%EF%BF%BD", "%ED%A0%80", "%C3", "%C0%80"})
    void textThatIsNotUtf8IsAnError(String given) {
        assertMalformed(given, "not UTF-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "%4", "%zz", "%-1", "%+1", "%41%", "%\u0661\u0661", "%\u00e91"})
    void malformedPercentSignIsAnError(String given) {
        assertMalformed(given, "percent sign");
    }

    @Test
    void fieldsKeepTheirOrderAndEmptyPairsAreIgnored() {
        assertThat(fields("&b=1&&a&b=2&=3&")).containsExactly("b=1", "a=", "b=2", "=3");
        assertThat(fields("")).isEmpty();
    }

    private static void assertMalformed(String given, String message) {
        for (String form : List.of("a=b&content=" + given, given + "=c&a=b")) {
            assertThatThrownBy(() -> fields(form))
                    .isInstanceOf(MalformedFormException.class)
                    .hasMessageContaining(message);
        }
    }

    private static List<String> fields(String form) {
        List<String> fields = new ArrayList<>();
        UrlEncodedForm.read(form, (name, value) -> fields.add(name + "=" + value));
        return fields;
    }
}
