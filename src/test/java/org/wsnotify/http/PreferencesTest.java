package org.wsnotify.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreferencesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    return=minimal                      | true  | false | return=minimal
                    handling=strict                     | false | true  | handling=strict
                    handling=lenient                    | false | false | handling=lenient
                    Handling = "strict"; x=1            | false | true  | handling=strict
                    wait=5, return=minimal,handling=strict | true | true | return=minimal, handling=strict
                    handling=lenient, handling=strict   | false | false | handling=lenient
                    handling=odd                        | false | false |
                    xreturn=minimal                     | false | false |
                    ,;=                                 | false | false |
                    """)
    void preferencesFollowTheRfc(String header, boolean minimal, boolean strict, String applied) {
        Preferences preferences = Preferences.parse(List.of(header));

        assertThat(preferences.minimal()).isEqualTo(minimal);
        assertThat(preferences.strict()).isEqualTo(strict);
        assertThat(preferences.applied().orElse(null)).isEqualTo(applied);
    }

    @Test
    void missingHeaderMeansNoPreference() {
        assertThat(Preferences.parse(null).applied()).isEmpty();
    }
}
