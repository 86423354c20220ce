package org.wsnotify.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class OriginsTest {

    @Test
    void sameOriginIsTheHostOfTheRequestWithAnyScheme() {
        assertThat(Origins.isSame("http://localhost:8587", "localhost:8587")).isTrue();
        assertThat(Origins.isSame("https://bell.example", "bell.example")).isTrue();
        assertThat(Origins.isSame("https://bell.example", "bell.example:443")).isTrue();
        assertThat(Origins.isSame("https://BELL.example", "bell.example")).isTrue();
    }

    @Test
    void otherOriginsAreNotTheSame() {
        assertThat(Origins.isSame("http://evil.example", "bell.example")).isFalse();
        assertThat(Origins.isSame("http://bell.example.evil.example", "bell.example"))
                .isFalse();
        assertThat(Origins.isSame("http://localhost:8080", "localhost:8587")).isFalse();
        assertThat(Origins.isSame("null", "bell.example")).isFalse();
        assertThat(Origins.isSame("", "")).isFalse();
        assertThat(Origins.isSame("http://bell.example", null)).isFalse();
    }

    @Test
    void configuredOriginsMayConnectAndStarAllowsAny() {
        Origins some = new Origins(List.of("https://a.example", "https://b.example:8443/"));
        assertThat(some.allows("https://a.example")).isTrue();
        assertThat(some.allows("https://b.example:8443")).isTrue();
        assertThat(some.allows("http://a.example")).isFalse();
        assertThat(some.allows("null")).isFalse();
        assertThat(new Origins(List.of()).allows("https://a.example")).isFalse();
        assertThat(new Origins(List.of("*")).allows("null")).isTrue();
    }
}
