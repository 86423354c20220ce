package org.wsnotify.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextTypeTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0000',
            value = {
                "text/html | text/html; charset=UTF-8",
                "TEXT/Plain | text/plain; charset=UTF-8",
                "text/html;charset=utf-8 | text/html; charset=UTF-8",
                "text/html ; charset=\"iso-8859-1\" | text/html; charset=ISO-8859-1",
                "text/plain; format=flowed; DelSp=yes | text/plain; charset=UTF-8; delsp=yes; format=flowed",
                "text/x-y.z+w; a=\"b c\" | text/x-y.z+w; charset=UTF-8; a=\"b c\"",
            })
    void contentTypeIsNormalised(String given, String header) {
        assertThat(TextType.parse(given).orElseThrow().header()).isEqualTo(header);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "html",
                "text",
                "text/",
                "text/*",
                "application/json",
                "multipart/mixed",
                "text/html;",
                "text/html; charset",
                "text/html; charset=",
                "text/html; charset=klingon",
                "text/html; charset=\"not a name\"",
                "text/html; charset=utf-8; charset=utf-8",
                "text/html; charset=utf-8 x",
                "text/html, text/plain",
                "text/html\r\nBcc: x@y.example",
                "text/html; a=\"\r\nBcc: x\"",
                "text/html\n",
                "text/html; a=\"b",
                "text/html; a=\"b\\\"c\"",
                "text/html; a=\u00e9",
                "text/ht\u0000ml",
                "text /html",
                "(c) text/html",
                "text/html; charset=ISO-2022-CN",
            })
    void typeThatIsNotTextIsRefused(String given) {
        assertThat(TextType.isValid(given)).isFalse();
    }

    @Test
    void longContentTypeIsRefused() {
        assertThat(TextType.isValid("text/" + "x".repeat(300))).isFalse();
    }

    @Test
    void charsetThatCannotEncodeTheContentBecomesUtf8() {
        TextType latin = TextType.parse("text/plain; charset=iso-8859-1; a=b").orElseThrow();

        assertThat(latin.fitFor("\u00e9t\u00e9")).isSameAs(latin);
        assertThat(latin.fitFor("\u4f60\u597d").charset()).isEqualTo(StandardCharsets.UTF_8);
        assertThat(latin.fitFor("\u4f60\u597d").header()).isEqualTo("text/plain; charset=UTF-8; a=b");
    }
}
