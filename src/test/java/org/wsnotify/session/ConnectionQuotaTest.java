package org.wsnotify.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConnectionQuotaTest {

    @Test
    void anAddressHasSoManyPlacesAndLeavesTheRestToOthers() {
        ConnectionQuota places = new ConnectionQuota(10, 2);
        assertThat(places.take("192.0.2.1")).isTrue();
        assertThat(places.take("192.0.2.1")).isTrue();
        assertThat(places.take("192.0.2.1")).isFalse();
        assertThat(places.take("192.0.2.2")).isTrue();

        places.release("192.0.2.1");
        places.release("192.0.2.1");
        assertThat(places.take("192.0.2.1")).isTrue();
    }

    @Test
    void theIpv6AddressesOfOneSubscriberCountAsOne() {
        ConnectionQuota places = new ConnectionQuota(10, 1);

        assertThat(places.take("2001:db8:0:1::1")).isTrue();
        assertThat(places.take("2001:db8:0:2::2")).isFalse();
        assertThat(places.take("2001:db8:0:100::1")).isTrue();
    }

    @Test
    void thereAreSoManyPlacesForAll() {
        ConnectionQuota places = new ConnectionQuota(2, 2);
        assertThat(places.take("192.0.2.1")).isTrue();
        assertThat(places.take("192.0.2.2")).isTrue();
        assertThat(places.take("192.0.2.3")).isFalse();

        places.release("192.0.2.3");
        places.release("192.0.2.2");
        assertThat(places.take("192.0.2.3")).isTrue();
    }
}
