package org.wsnotify.smtp;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLSocket;

/** One connection to the {@link SmtpStub}: what was told, or RFC 5321 without surprises. */
final class SmtpStubSession {
    private final SmtpStub stub;
    private final int number;
    private final List<String> recipients = new ArrayList<>();

    private InputStream in;
    private OutputStream out;
    private Socket socket;
    private boolean encrypted;
    private boolean loggedIn;
    private String from = "";
    private int texts;

    SmtpStubSession(SmtpStub stub, int number) {
        this.stub = stub;
        this.number = number;
    }

    void serve(Socket accepted) {
        try {
            use(stub.tlsFromTheStart ? secured(accepted) : accepted);
            encrypted = stub.tlsFromTheStart;
            reply(stub.greeting);
            for (String line = line(); line != null; line = line()) {
                stub.commands.add(line);
                command(line);
            }
        } catch (IOException | InterruptedException e) {
            // The client went away, or the test is over.
        } finally {
            closeQuietly(accepted);
        }
    }

    private void command(String line) throws IOException, InterruptedException {
        if (texts >= stub.mailsOfAConnection
                || (texts > 0 && stub.closesAfterAMailAt != null && line.startsWith(stub.closesAfterAMailAt))) {
            goodbye();
        }
        String scripted = stub.scripted(line).orElse(null);
        if (scripted != null) {
            reply(scripted);
            return;
        }
        String verb = line.split("[ :]", 2)[0].toUpperCase(Locale.ROOT);
        switch (verb) {
            case "EHLO" -> hello();
            case "STARTTLS" -> startTls();
            case "AUTH" -> authenticate(line);
            case "MAIL" -> mail(line);
            case "RCPT" -> recipient(line);
            case "DATA" -> data();
            case "QUIT" -> quit();
            default -> reply("250 OK");
        }
    }

    private void hello() throws IOException, InterruptedException {
        List<String> extensions = new ArrayList<>(List.of("stub", "8BITMIME", "SMTPUTF8"));
        if (stub.offersStartTls && !encrypted) {
            extensions.add("STARTTLS");
        }
        if (stub.login != null) {
            extensions.add("AUTH PLAIN LOGIN");
        }
        String last = extensions.remove(extensions.size() - 1);
        for (String extension : extensions) {
            reply("250-" + extension);
        }
        reply("250 " + last);
    }

    private void startTls() throws IOException, InterruptedException {
        reply("220 go on");
        use(secured(socket));
        encrypted = true;
    }

    private void authenticate(String line) throws IOException, InterruptedException {
        String[] parts = line.split(" ", -1);
        String given;
        if (parts[1].equals("PLAIN")) {
            given = decoded(parts.length > 2 ? parts[2] : asked("334 "));
        } else {
            given = "\0" + decoded(asked("334 VXNlcm5hbWU6")) + "\0" + decoded(asked("334 UGFzc3dvcmQ6"));
        }
        loggedIn = given.equals(stub.login);
        reply(loggedIn ? "235 welcome" : "535 5.7.8 bad credentials " + given.replace('\0', ' '));
    }

    private void mail(String line) throws IOException, InterruptedException {
        if (stub.login != null && !loggedIn) {
            reply("530 5.7.0 log in first");
            return;
        }
        recipients.clear();
        from = inBrackets(line);
        reply("250 OK");
    }

    private void goodbye() throws IOException, InterruptedException {
        reply("421 4.7.0 Too many mails on this connection");
        reply(SmtpStub.DROP);
    }

    private void recipient(String line) throws IOException, InterruptedException {
        if (recipients.size() >= stub.recipientsOfAMail) {
            reply(stub.tooMany);
            return;
        }
        recipients.add(inBrackets(line));
        reply("250 OK");
    }

    private void data() throws IOException, InterruptedException {
        reply("354 go on");
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        for (String line = line(); !".".equals(line); line = line()) {
            if (line == null) {
                throw new EOFException();
            }
            String unstuffed = line.startsWith(".") ? line.substring(1) : line;
            data.writeBytes((unstuffed + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        }
        stub.received.add(new SmtpStub.Received(
                number, from, List.copyOf(recipients), data.toString(StandardCharsets.ISO_8859_1), Instant.now()));
        stub.awaitTextsTaken();
        texts++;
        runBeforeText();
        reply(stub.nextTextReply().orElse("250 2.0.0 taken"));
        if (stub.saysGoodbyeUnasked && texts >= stub.mailsOfAConnection) {
            goodbye();
        }
    }

    private void runBeforeText() {
        try {
            stub.beforeText.run();
        } catch (RuntimeException | AssertionError e) {
            stub.failures.add(e);
        }
    }

    private void quit() throws IOException, InterruptedException {
        reply("221 bye");
        socket.close();
    }

    private String asked(String question) throws IOException, InterruptedException {
        reply(question);
        return line();
    }

    private void reply(String text) throws IOException, InterruptedException {
        if (text.equals(SmtpStub.HANG)) {
            stub.closed.await();
        }
        if (text.equals(SmtpStub.HANG) || text.equals(SmtpStub.DROP)) {
            socket.close();
            throw new EOFException();
        }
        out.write((text + "\r\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /** A line without its CRLF; bytes stay what they are. */
    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0; b = in.read()) {
            if (b == '\n') {
                String text = line.toString(StandardCharsets.ISO_8859_1);
                return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text + "[bare LF]";
            }
            line.write(b);
        }
        return null;
    }

    private void use(Socket other) throws IOException {
        socket = other;
        in = new BufferedInputStream(other.getInputStream());
        out = other.getOutputStream();
    }

    private SSLSocket secured(Socket plain) throws IOException {
        SSLSocket secured = (SSLSocket) stub.tls
                .getSocketFactory()
                .createSocket(plain, plain.getInetAddress().getHostAddress(), plain.getPort(), true);
        secured.setUseClientMode(false);
        secured.startHandshake();
        return secured;
    }

    private static String inBrackets(String line) {
        return line.substring(line.indexOf('<') + 1, line.indexOf('>'));
    }

    private static String decoded(String base64) {
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is closed enough.
        }
    }
}
