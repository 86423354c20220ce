package org.wsnotify.smtp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;

/**
 * A mail server for tests, on a free port of the loopback address: takes everything, except where it was told
 * otherwise.
 *
 * <p>Set it up before it is connected to. Each connection has its own thread; {@link #close} ends them all.
 */
public final class SmtpStub implements AutoCloseable {

    /** In place of a reply: say nothing, until the stub is closed. */
    static final String HANG = "hang";
    /** In place of a reply: close the connection. */
    static final String DROP = "drop";

    /**
     * What arrived, in one envelope.
     *
     * @param text the bytes after DATA, each of them a character
     */
    public record Received(int connection, String from, List<String> recipients, String text, Instant at) {

        /** Returns the value of a header that is on one line. */
        public String header(String name) {
            return text.lines()
                    .takeWhile(line -> !line.isEmpty())
                    .filter(line -> line.startsWith(name + ": "))
                    .map(line -> line.substring(name.length() + 2))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private final ServerSocket server;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Map<String, String> replies = new ConcurrentHashMap<>();
    private final Deque<String> textReplies = new ArrayDeque<>();
    private final AtomicInteger connections = new AtomicInteger();

    private volatile CountDownLatch textsTaken = new CountDownLatch(0);

    final List<Received> received = new CopyOnWriteArrayList<>();
    final List<String> commands = new CopyOnWriteArrayList<>();
    final CountDownLatch closed = new CountDownLatch(1);

    String greeting = "220 stub ready";

    /** After so many texts a connection is closed, with a 421. */
    int mailsOfAConnection = Integer.MAX_VALUE;

    /** Whether the 421 comes at once, or as the answer to the next command. */
    boolean saysGoodbyeUnasked;

    /** The command at which a connection that took a mail is closed, with a 421; null: none. */
    String closesAfterAMailAt;

    /** Runs when a text was taken, before its answer; what it throws is kept in {@link #failures}. */
    Runnable beforeText = () -> {};

    final List<Throwable> failures = new CopyOnWriteArrayList<>();

    /** So many recipients are taken in one mail; the others are answered with {@link #tooMany}. */
    int recipientsOfAMail = Integer.MAX_VALUE;

    String tooMany = "452 4.5.3 Too many recipients";
    String login;
    SSLContext tls;
    boolean tlsFromTheStart;
    boolean offersStartTls;

    public SmtpStub() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::acceptAll);
    }

    public int port() {
        return server.getLocalPort();
    }

    int connections() {
        return connections.get();
    }

    /** Answers commands that begin so with this. */
    public SmtpStub answer(String command, String reply) {
        replies.put(command, reply);
        return this;
    }

    /** Takes everything again. */
    void answerNormally() {
        replies.clear();
    }

    /** Answers the next text with this, in place of taking it. */
    synchronized SmtpStub answerText(String reply) {
        textReplies.add(reply);
        return this;
    }

    /** Takes every text only after what is returned is counted down. */
    public CountDownLatch answerTextsAfter() {
        textsTaken = new CountDownLatch(1);
        return textsTaken;
    }

    /** The subject of the one mail that arrived. */
    public String onlySubject() {
        if (received.size() != 1) {
            throw new AssertionError(received.size() + " mails arrived");
        }
        return received.get(0).header("Subject");
    }

    /** Returns the mails that have arrived. */
    public List<Received> received() {
        return List.copyOf(received);
    }

    /** Wants a login before mail, AUTH PLAIN or LOGIN. */
    SmtpStub requireLogin(String user, String password) {
        login = "\0" + user + "\0" + password;
        return this;
    }

    void awaitTextsTaken() throws InterruptedException {
        textsTaken.await();
    }

    synchronized Optional<String> nextTextReply() {
        return Optional.ofNullable(textReplies.poll());
    }

    Optional<String> scripted(String command) {
        return replies.entrySet().stream()
                .filter(reply -> command.regionMatches(
                        true, 0, reply.getKey(), 0, reply.getKey().length()))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private void acceptAll() {
        try {
            while (true) {
                Socket socket = server.accept();
                sockets.add(socket);
                SmtpStubSession session = new SmtpStubSession(this, connections.incrementAndGet());
                start(() -> session.serve(socket));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "smtp-stub");
        thread.setDaemon(true);
        thread.start();
    }
}
