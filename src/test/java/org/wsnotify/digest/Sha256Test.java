package org.wsnotify.digest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The digests were made by other software (Python's hashlib). */
class Sha256Test {

    private static final String OF_ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @Test
    void aTextHasTheDigestOfItsUtf8Bytes() {
        assertThat(Sha256.hex("abc")).isEqualTo(OF_ABC);
        assertThat(Sha256.hex("schlüssel"))
                .isEqualTo("ccec7a8e3e039f0b6b308a81f438e1d07a59c8c896b4f237d10c3eecb8375ef7");
        assertThat(HexFormat.of().formatHex(Sha256.of("abc"))).isEqualTo(OF_ABC);
        assertThat(Sha256.hex("abc", 16)).isEqualTo("ba7816bf8f01cfea414140de5dae2223");
    }

    @Test
    void severalTextsHaveOneDigestThatTellsWhereEachEnds() {
        assertThat(Sha256.hex(List.of("ab", "cü")))
                .isEqualTo("144ac4cab46304223454543da2ba9960fc4a13c71e125990b9f6a0e9b429ada6")
                .isNotEqualTo(Sha256.hex(List.of("abc", "ü")));
    }
}
