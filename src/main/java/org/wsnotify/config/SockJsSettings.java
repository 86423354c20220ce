package org.wsnotify.config;

/**
 * What applies to SockJS only.
 *
 * @param maxPerAddress the most sessions of one address that do not use a WebSocket
 * @param responseCharacters the length at which a streaming response ends
 * @param cookie whether {@code JSESSIONID} is set, for load balancers
 * @param client the path or URL of the client that the iframe page loads
 */
record SockJsSettings(int maxPerAddress, int responseCharacters, boolean cookie, String client) {

    static SockJsSettings read(SettingsReader reader) {
        return new SockJsSettings(
                reader.number(Setting.SOCKJS_PER_ADDRESS, 1, 1_000_000),
                reader.number(Setting.SOCKJS_RESPONSE, 1024, 1 << 30),
                reader.flag(Setting.SOCKJS_COOKIE),
                reader.text(Setting.SOCKJS_CLIENT));
    }
}
