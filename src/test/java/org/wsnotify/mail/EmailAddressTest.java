package org.wsnotify.mail;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@b.c",
                "anna.bell+tag@mail.a-b.example",
                "!#$%&'*+-/=?^_`{|}~@a.example",
                "root@localhost",
                "x@1and1.example",
                "1@2.example",
            })
    void addressThatAnyMailServerAcceptsIsValid(String text) {
        assertThat(EmailAddress.parse(text)).map(EmailAddress::ascii).contains(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "@",
                "a",
                "a@",
                "@b.c",
                "a@b@c.example",
                "a b@c.example",
                ".a@c.example",
                "a.@c.example",
                "a..b@c.example",
                "a@.example",
                "a@c.example.",
                "a@c..example",
                "a@-c.example",
                "a@c-.example",
                "a@c_d.example",
                "a@127.0.0.1",
                "a@[127.0.0.1]",
                "a@1",
                "\"a b\"@c.example",
                "\"a\"@c.example",
                "a(comment)@c.example",
                "a@c.example(comment)",
                "Anna <a@c.example>",
                "<a@c.example>",
                "a@c.example,b@c.example",
                "a;b@c.example",
                "a:b@c.example",
                "a\\b@c.example",
                "a@c.example\r\nBcc: b@c.example",
                "a\r\n@c.example",
                "a@c.example\n",
                "\na@c.example",
                " a@c.example",
                "a@c.example ",
                "a\u0000@c.example",
                "a@c\u0000.example",
                "\u00e4@c.example",
                "a@fa\u00df.example",
                "a@x\u200dy.example",
                "a@\ufffd.example",
                "a@\ud800.example",
                "a@xn--.example",
            })
    void otherTextIsNotAnAddress(String text) {
        assertThat(EmailAddress.isValid(text)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "a@B\u00dcCHER.example, a@xn--bcher-kva.example",
        "a@b\u00fccher.example, a@xn--bcher-kva.example",
        "a@\u4f8b\u3048.\u30c6\u30b9\u30c8, a@xn--r8jz45g.xn--zckzah",
        "A@C.EXAMPLE, A@c.example",
    })
    void domainIsKeptInAsciiAndLowerCase(String given, String ascii) {
        assertThat(EmailAddress.parse(given).orElseThrow().ascii()).isEqualTo(ascii);
    }

    @Test
    void lengthsAreThoseOfSmtp() {
        String label = "x".repeat(63);
        String longest = "a".repeat(64) + "@" + label + "." + label + "." + "x".repeat(61);

        assertThat(longest).hasSize(254);
        assertThat(EmailAddress.isValid(longest)).isTrue();
        assertThat(EmailAddress.isValid(longest + "x")).isFalse();
        assertThat(EmailAddress.isValid("a".repeat(65) + "@b.example")).isFalse();
        assertThat(EmailAddress.isValid("a@x" + label + ".example")).isFalse();
        assertThat(EmailAddress.isValid("a@" + "b\u00fc.".repeat(40) + "example"))
                .isFalse();
    }

    @Test
    void hugeTextIsRefusedQuickly() {
        assertThat(EmailAddress.isValid("a.".repeat(1_000_000) + "@b.example")).isFalse();
        assertThat(EmailAddress.isValid("a".repeat(60) + "!@")).isFalse();
    }

    @Test
    void addressesOfOneMailboxAreEqual() {
        assertThat(EmailAddress.parse("a@B.example")).isEqualTo(EmailAddress.parse("a@b.EXAMPLE"));
        assertThat(EmailAddress.parse("A@b.example")).isNotEqualTo(EmailAddress.parse("a@b.example"));
        assertThat(EmailAddress.parse("a@b.example").toString()).doesNotContain("a@b");
    }
}
