package org.wsnotify.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import jakarta.mail.internet.InternetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the core takes for an address, jakarta.mail must take as well. */
class EmailAddressStrictnessTest {
    private static final List<String> PIECES = List.of(
            "a",
            "B",
            "0",
            "9z",
            "-",
            "_",
            ".",
            "..",
            "@",
            "@@",
            "[",
            "]",
            "(",
            ")",
            "<",
            ">",
            ",",
            ";",
            ":",
            "\\",
            "\"",
            "\r",
            "\n",
            "\r\n ",
            " ",
            "\t",
            "\u0000",
            "\u007f",
            "+",
            "%",
            "!",
            "'",
            "xn--",
            "example",
            "com",
            "\u00fc",
            "\u4f60",
            "\u0939\u093f",
            "\u3002",
            "\uff20",
            "\ud83d\udd14",
            "\u202e",
            "\u00ad",
            "=?utf-8?q?=40?=",
            "::");

    @Test
    void validAddressesAreValidForJakartaMail() {
        Random random = new Random(42);
        int valid = 0;
        for (int i = 0; i < 200_000; i++) {
            Optional<EmailAddress> address = EmailAddress.parse(sample(random));
            if (address.isPresent()) {
                valid++;
                assertJakartaTakes(address.get().ascii());
            }
        }
        assertThat(valid).as("samples that are addresses").isGreaterThan(5_000);
    }

    @Test
    void validCharactersAreValidForJakartaMail() {
        for (char c = 0; c < Character.MAX_VALUE; c++) {
            EmailAddress.parse("a" + c + "b@c.example").ifPresent(address -> assertJakartaTakes(address.ascii()));
            EmailAddress.parse("a@b" + c + "c.example").ifPresent(address -> assertJakartaTakes(address.ascii()));
        }
    }

    private static void assertJakartaTakes(String address) {
        assertThatCode(() -> {
                    InternetAddress strict = new InternetAddress(address, true);
                    strict.validate();
                    assertThat(strict.getAddress()).isEqualTo(address);
                    assertThat(strict.getPersonal()).isNull();
                })
                .as(address)
                .doesNotThrowAnyException();
        assertThat(address).hasSizeLessThanOrEqualTo(254).matches("[\\x21-\\x7e]+@[a-z0-9.-]+");
    }

    private static String sample(Random random) {
        StringBuilder sample = new StringBuilder();
        append(sample, random, 3);
        sample.append(random.nextInt(10) == 0 ? "" : "@");
        append(sample, random, 3);
        return sample.append(random.nextBoolean() ? ".example" : "").toString();
    }

    private static void append(StringBuilder sample, Random random, int most) {
        for (int i = random.nextInt(most); i >= 0; i--) {
            sample.append(PIECES.get(random.nextInt(random.nextBoolean() ? 4 : PIECES.size())));
        }
    }
}
