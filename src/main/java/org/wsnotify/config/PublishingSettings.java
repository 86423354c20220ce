package org.wsnotify.config;

import java.time.Duration;
import java.util.List;
import org.wsnotify.client.IpRange;
import org.wsnotify.http.ApiKey;
import org.wsnotify.notification.PublicationId;

/** Who may publish, and how much. Sizes are bytes for the body, characters for the content. */
record PublishingSettings(
        List<ApiKey> apiKeys,
        List<IpRange> trustedProxies,
        int maxBody,
        Duration bodyTimeout,
        int maxUsers,
        int maxContent) {

    /**
     * The largest body that the store can keep. A mail that goes to one address for all users of a publication is one
     * entry of the outbox. It holds the text of the body and about sixty bytes for each user; MongoDB takes 16 MB.
     */
    private static final int MAX_BODY = 8 << 20;

    static PublishingSettings read(SettingsReader reader) {
        return new PublishingSettings(
                reader.list(Setting.API_KEYS, ApiKey::of),
                reader.list(Setting.TRUSTED_PROXIES, IpRange::of),
                reader.number(Setting.MAX_BODY, 1024, MAX_BODY),
                reader.duration(Setting.BODY_TIMEOUT, Duration.ofSeconds(1), Duration.ofMinutes(10)),
                reader.number(Setting.MAX_USERS, 1, PublicationId.MOST),
                reader.number(Setting.MAX_CONTENT, 1, 1 << 20));
    }

    /** Returns who may publish, for the log. */
    String callers() {
        return apiKeys.isEmpty()
                ? "callers on this machine"
                : "holders of " + (apiKeys.size() == 1 ? "the API key" : "the " + apiKeys.size() + " API keys");
    }

    /** Returns a text without the keys. */
    @Override
    public String toString() {
        return "PublishingSettings[" + apiKeys.size() + " keys]";
    }
}
