package org.wsnotify.sockjs;

import java.util.Base64;
import org.wsnotify.digest.Sha256;

/** The page that pages of other origins load into a frame to connect from our own origin. Immutable. */
final class IframePage {

    private static final String SCRIPT = "\n    document.domain = document.domain;\n    SockJS.bootstrap_iframe();\n  ";

    private final String text;
    private final String tag;
    private final String policy;

    /**
     * @param client the URL of the SockJS client
     * @param ancestors the pages that may frame it, as in {@code frame-ancestors}
     */
    IframePage(String client, String ancestors) {
        this.text = """
                <!DOCTYPE html>
                <html>
                <head>
                  <meta http-equiv="X-UA-Compatible" content="IE=edge" />
                  <meta http-equiv="Content-Type" content="text/html; charset=UTF-8" />
                  <script src="%s"></script>
                  <script>%s</script>
                </head>
                <body>
                  <h2>Don't panic!</h2>
                  <p>This is a SockJS hidden iframe. It's used for cross domain magic.</p>
                </body>
                </html>
                """.formatted(attribute(client), SCRIPT);
        this.tag = "\"" + Sha256.hex(text, 16) + "\"";
        String hash = Base64.getEncoder().encodeToString(Sha256.of(SCRIPT));
        this.policy = "default-src 'none'; script-src " + source(client) + " 'sha256-" + hash
                + "'; connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors "
                + ancestors;
    }

    private static String attribute(String url) {
        return url.replace("&", "&amp;").replace("\"", "&quot;").replace("<", "&lt;");
    }

    private static String source(String url) {
        int path = url.indexOf('/', url.indexOf("://") + "://".length());
        return url.contains("://") ? url.substring(0, path < 0 ? url.length() : path) : "'self'";
    }

    String text() {
        return text;
    }

    String tag() {
        return tag;
    }

    String policy() {
        return policy;
    }
}
