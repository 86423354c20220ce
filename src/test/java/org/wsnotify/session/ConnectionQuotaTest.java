package org.wsnotify.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConnectionQuotaTest {

    @Test
    void oneAddressCannotUseUpTheQuota() {
        ConnectionQuota quota = new ConnectionQuota(10, 2);
        assertThat(quota.acquire("192.0.2.1")).isTrue();
        assertThat(quota.acquire("192.0.2.1")).isTrue();
        assertThat(quota.acquire("192.0.2.1")).isFalse();
        assertThat(quota.acquire("192.0.2.2")).isTrue();

        quota.release("192.0.2.1");
        quota.release("192.0.2.1");
        assertThat(quota.acquire("192.0.2.1")).isTrue();
    }

    @Test
    void ipv6AddressesOfOneSubscriberCountAsOne() {
        ConnectionQuota quota = new ConnectionQuota(10, 1);

        assertThat(quota.acquire("2001:db8:0:1::1")).isTrue();
        assertThat(quota.acquire("2001:db8:0:2::2")).isFalse();
        assertThat(quota.acquire("2001:db8:0:100::1")).isTrue();
    }

    @Test
    void allAddressesTogetherAreLimited() {
        ConnectionQuota quota = new ConnectionQuota(2, 2);
        assertThat(quota.acquire("192.0.2.1")).isTrue();
        assertThat(quota.acquire("192.0.2.2")).isTrue();
        assertThat(quota.acquire("192.0.2.3")).isFalse();

        quota.release("192.0.2.3");
        quota.release("192.0.2.2");
        assertThat(quota.acquire("192.0.2.3")).isTrue();
    }
}
