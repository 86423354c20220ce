package org.wsnotify.sockjs;

/**
 * The page that the transport {@code htmlfile} streams into a frame. Each message is a script that calls its parent.
 */
final class HtmlFile {

    /** Some browsers render nothing before the first kilobyte. */
    private static final int LEAST = 1024;

    private HtmlFile() {}

    /** @param callback letters, digits, {@code -}, {@code _} and {@code .} only */
    static String prelude(String callback) {
        String head = """
                <!doctype html>
                <html><head>
                  <meta http-equiv="X-UA-Compatible" content="IE=edge" />
                  <meta http-equiv="Content-Type" content="text/html; charset=UTF-8" />
                </head><body><h2>Don't panic!</h2>
                  <script>
                    document.domain = document.domain;
                    var c = parent.%s;
                    c.start();
                    function p(d) {c.message(d);};
                    window.onload = function() {c.stop();};
                  </script>""".formatted(callback);
        return head + " ".repeat(Math.max(0, LEAST - head.length())) + "\r\n\r\n";
    }
}
