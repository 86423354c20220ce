package org.wsnotify.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.wsnotify.delivery.Publication;
import org.wsnotify.mail.TextType;
import org.wsnotify.notification.Action;
import org.wsnotify.notification.Message;
import org.wsnotify.notification.Recipient;

class PublicationReaderTest {

    @Test
    void lastValueOfARepeatedParameterWins() {
        assertThat(ParameterReader.query("email_send=0&content=c&email_send=1").text("email_send"))
                .contains("1");
    }

    @Test
    void onlyContentIsRequired() {
        Publication publication = RequestFixture.read(Map.of("content", "c"));

        assertThat(publication.message().content()).isEqualTo("c");
        assertThat(publication.message().title()).isEmpty();
        assertThat(publication.recipients()).isEmpty();
        assertThat(publication.mail()).isEmpty();
    }

    @Test
    void idIsTheSameUserAsNumberAndString() {
        Publication publication = RequestFixture.read(Map.of("content", "c", "users", "[{\"id\":1},{\"id\":\"1\"}]"));

        assertThat(publication.recipients()).extracting(Recipient::userId).containsExactly("1", "1");
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "1.0, 1",
        "1e0, 1",
        "10e-1, 1",
        "1E+2, 100",
        "-7, -7",
        "-0.0, 0",
        "9007199254740993, 9007199254740993",
        "12345678901234567890123456789012345678901234567890, 12345678901234567890123456789012345678901234567890"
    })
    void numberMeansTheSameUserHoweverWritten(String number, String userId) {
        assertThat(RequestFixture.userIds("[{'id':" + number + "}]")).containsExactly(userId);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1.5", "1e-1", "1e256", "-1e256", "1e999", "1e999999999", "1e99999999999", "1.0e-999999999"})
    void fractionalOrHugeNumberIsNotAUser(String number) {
        ProblemException problem =
                catchThrowableOfType(ProblemException.class, () -> RequestFixture.userIds("[{'id':" + number + "}]"));

        assertThat(problem.problem().status()).isEqualTo(400);
        assertThat(RequestFixture.fields(problem)).singleElement().asString().startsWith("users");
    }

    @Test
    void stringIdIsTakenLiterally() {
        assertThat(RequestFixture.userIds("[{'id':'1.0'},{'id':'01'},{'id':' 1'}]"))
                .containsExactly("1.0", "01", " 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{} {}", "{}x", "[]", "{'a':1,}", "{'a':01}", "{'a':NaN}", "'c'", ""})
    void jsonThatIsNotAnObjectIsRefused(String text) {
        ProblemException problem = catchThrowableOfType(ProblemException.class, () -> RequestFixture.readJson(text));

        assertThat(RequestFixture.body(problem).getString("code")).isEqualTo("bad-json");
    }

    @Test
    void duplicateNameInAnObjectIsRefused() {
        ProblemException body = catchThrowableOfType(
                ProblemException.class, () -> RequestFixture.readJson("{'content':'a','content':'b','users':[]}"));
        ProblemException users = catchThrowableOfType(
                ProblemException.class, () -> RequestFixture.userIds("[{'id':1},{'id':2,'id':3}]"));

        assertThat(RequestFixture.body(body).getString("code")).isEqualTo("bad-json");
        assertThat(RequestFixture.fields(users)).containsExactly("users");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "true", "True", "yes", "Yes"})
    void wordsForTrueOfTheEarlierServerAskForAMail(String word) {
        assertThat(mailed(Map.of("email_send", word)).mail().orElseThrow().force())
                .isFalse();
        assertThat(mailed(Map.of("email_force", word)).mail().orElseThrow().force())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "false", "no", "TRUE", "on"})
    void otherWordsDoNotAskForAMail(String word) {
        assertThat(mailed(Map.of("email_send", word)).mail()).isEmpty();
    }

    @Test
    void jsonBodyMayUseNaturalTypes() {
        Publication publication = RequestFixture.readJson("{'content':'c','title':5,'type':null,'email_send':true,"
                + "'users':[{'id':7,'email':'a@b.example'}]}");

        assertThat(publication.message().title()).isEqualTo("5");
        assertThat(publication.recipients()).containsExactly(new Recipient("7", "a@b.example"));
        assertThat(publication.mail()).isPresent();
    }

    @Test
    void usersMayBeAStringInAJsonBody() {
        assertThat(RequestFixture.readJson("{'content':'c','users':'[{\\'id\\':7}]'}".replace("\\'", "\\\""))
                        .recipients())
                .extracting(Recipient::userId)
                .containsExactly("7");
    }

    @Test
    void mailDefaultsToTitleAndContent() {
        Publication publication = mailed(Map.of("email_send", "1", "title", "One\r\nTwo"));

        var mail = publication.mail().orElseThrow().mail();
        assertThat(mail.subject()).isEqualTo("One Two");
        assertThat(mail.content()).isEqualTo("c");
        assertThat(mail.contentType()).isEqualTo(TextType.PLAIN);
        assertThat(publication.message().title()).isEqualTo("One\r\nTwo");
    }

    @Test
    void mailDefaultsToHtmlInUtf8() {
        var mail = mailed(Map.of("email_send", "1", "email_content", "<b>x</b>"))
                .mail()
                .orElseThrow()
                .mail();

        assertThat(mail.contentType()).isEqualTo(TextType.HTML);
        assertThat(mail.mimeVersion()).isEqualTo("1.0");
        assertThat(mail.subject()).isEqualTo("Notification");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    users         | nonsense                      | users
                    users         | {}                            | users
                    users         | 7                             | users
                    users         | [null]                        | users[0]
                    users         | [[]]                          | users[0]
                    users         | 1,2                           | users
                    users         | [{}]                          | users[0].id
                    users         | [{"id":null}]                 | users[0].id
                    users         | [{"id":""}]                   | users[0].id
                    users         | [{"id":true}]                 | users[0].id
                    users         | [{"id":1.5}]                  | users[0].id
                    users         | [{"id":1,"email":"a@b.example"},{"id":{}}]          | users[1].id
                    email_subject | a\\rb                          | email_subject
                    email_subject | a\\nBcc: x                     | email_subject
                    email_type    | text/html\\r\\nX: y             | email_type
                    email_type    | image/png                     | email_type
                    email_type    | text/html; charset=nonsense   | email_type
                    email_mime    | 1.0\\nX: y                     | email_mime
                    email_mime    | one                           | email_mime
                    """)
    void invalidParameterIsNamed(String name, String value, String field) {
        Map<String, String> parameters = new HashMap<>(Map.of("content", "c", "email_send", "1", "users", "[]"));
        parameters.put(name, value.replace("\\r", "\r").replace("\\n", "\n"));

        ProblemException problem = catchThrowableOfType(ProblemException.class, () -> RequestFixture.read(parameters));

        assertThat(problem.problem().status()).isEqualTo(400);
        assertThat(RequestFixture.fields(problem)).containsExactly(field);
    }

    @Test
    void allInvalidParametersAreNamedAtOnce() {
        ProblemException problem = catchThrowableOfType(
                ProblemException.class,
                () -> RequestFixture.read(
                        Map.of("title", "x".repeat(1025), "users", "[{\"id\":1},{\"x\":1}]", "email_force", "1")));

        assertThat(RequestFixture.fields(problem)).containsExactly("content", "title", "users[1].id");
        assertThat(RequestFixture.body(problem).getString("code")).isEqualTo("invalid-parameters");
    }

    @Test
    void addressIsReadOnlyIfAMailMayBeOwed() {
        String users = "[{\"id\":1,\"email\":\"no address\"}]";

        assertThat(RequestFixture.read(Map.of("content", "c", "users", users)).recipients())
                .containsExactly(new Recipient("1", ""));
        assertThat(RequestFixture.read(Map.of("content", "c", "users", users, "email_send", "1"))
                        .recipients())
                .containsExactly(new Recipient("1", "no address"));
    }

    @Test
    void strictHandlingNamesRecipientsWithoutAddress() {
        String form =
                "content=c&email_send=1&users[0][id]=1&users[0][email]=x%0d%0aBcc:y@z.example&users[1][id]=2&titel=t";

        ProblemException problem =
                catchThrowableOfType(ProblemException.class, () -> RequestFixture.readStrictly(form));

        assertThat(RequestFixture.fields(problem)).containsExactly("users[0].email", "users[1].email", "titel");
        assertThat(RequestFixture.readForm(form).recipients()).hasSize(2);
    }

    @Test
    void moreThanTwentyFaultsAreAllNamed() {
        Parameters parameters = new Parameters();
        parameters.add("content", "c");
        parameters.add("users", "[" + "null,".repeat(99) + "null]");

        ProblemException problem = catchThrowableOfType(
                ProblemException.class,
                () -> new PublicationReader(
                                parameters, new PublicationLimits(10_000, 100, 100), false, RequestFixture.NOW, false)
                        .read());

        assertThat(RequestFixture.fields(problem)).hasSize(100).contains("users[99]");
    }

    @Test
    void unknownJsonMemberIsNamed() {
        ProblemException problem = catchThrowableOfType(
                ProblemException.class,
                () -> RequestFixture.readJson("{'content':'c','titel':'t','users':[{'id':1,'emial':'a@b.example'}]}"));

        assertThat(RequestFixture.body(problem).getString("code")).isEqualTo("unknown-parameter");
        assertThat(RequestFixture.fields(problem)).containsExactlyInAnyOrder("titel", "users[0].emial");
    }

    @Test
    void jsonRequiresUsers() {
        ProblemException problem =
                catchThrowableOfType(ProblemException.class, () -> RequestFixture.readJson("{'content':'c'}"));

        assertThat(RequestFixture.fields(problem)).containsExactly("users");
        assertThat(RequestFixture.readJson("{'content':'c','users':[]}").recipients())
                .isEmpty();
    }

    @Test
    void unknownFormNamesAreReported() {
        Publication publication = RequestFixture.readForm(
                "content=c&titel=t&users=[{\"id\":1,\"name\":\"n\"}]&apikey=k&" + "x".repeat(1000) + "=1");

        assertThat(publication.ignored()).containsExactlyInAnyOrder("users[0].name", "titel", "x".repeat(64));
        assertThat(publication.message().title()).isEmpty();
    }

    @Test
    void atMostTwentyUnknownNamesAreReported() {
        String form = IntStream.range(0, 1000).mapToObj(i -> "&x" + i + "=1").collect(Collectors.joining());

        assertThat(RequestFixture.readForm("content=c" + form).ignored())
                .hasSize(20)
                .contains("x19");
    }

    @Test
    void unknownNamesChangeTheFingerprint() {
        assertThat(RequestFixture.readForm("content=c&titel=t").fingerprint())
                .isNotEqualTo(RequestFixture.readForm("content=c").fingerprint())
                .isEqualTo(RequestFixture.readForm("titel=t&content=c").fingerprint());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    users[]=7&users[]=8                                        | 7, 8
                    users%5B%5D=7&users%5B%5D=8                                | 7, 8
                    users[0]=7&users[1]=8                                      | 7, 8
                    users[0][id]=7&users[1][id]=8                              | 7, 8
                    users[][id]=7&users[][id]=8                                | 7, 8
                    users[999999999][id]=7&users[5][id]=8                      | 7, 8
                    users[0][email]=&users[0][id]=7&users[1][id]=8             | 7, 8
                    users=["7",8]                                              | 7, 8
                    users=[{"id":7},"8"]                                       | 7, 8
                    """)
    void usersAreReadInEveryDocumentedShape(String form, String ids) {
        assertThat(RequestFixture.readForm("content=c&" + form).recipients())
                .extracting(Recipient::userId)
                .containsExactly(ids.split(", ", -1));
    }

    @Test
    void addressBelongsToTheUserWithTheSameNumber() {
        assertThat(RequestFixture.readForm("content=c&email_send=1&users[1][id]=b&users[0][email]=a@x.example"
                                + "&users[0][id]=a&users[1][email]=b@x.example")
                        .recipients())
                .containsExactly(new Recipient("b", "b@x.example"), new Recipient("a", "a@x.example"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    users=1                                  | users
                    users=1&users=2                          | users
                    users=[1]&users=[2]                      | users
                    users=[1]&users[]=2                      | users
                    users[0]=1&users[1][id]=2                | users
                    users[]=                                 | users[0]
                    users[0][email]=a@x.example              | users[0].id
                    users[][id]=1&users[][email]=a@x.example | users[1].id
                    users[anna][id]=1                        | users[anna][id]
                    users[9999999999][id]=1                  | users[9999999999][id]
                    users[0][id][x]=1                        | users[0][id][x]
                    users[=1                                 | users[
                    """)
    void ambiguousUsersAreRefused(String form, String field) {
        ProblemException problem =
                catchThrowableOfType(ProblemException.class, () -> RequestFixture.readForm("content=c&" + form));

        assertThat(RequestFixture.fields(problem)).containsExactly(field);
    }

    @ParameterizedTest
    @CsvSource({
        "https://shop.example/orders/7?a=1&b=2, true",
        "HTTP://shop.example, true",
        "javascript:alert(1), false",
        "data:text/html;x, false",
        "/orders/7, false",
        "https://shop.example/ javascript:x, false",
        "https://shop.example/\u2028x, false"
    })
    void defaultMailShowsTheUrlOfAWebPage(String url, boolean shown) {
        String given = url.replace("\\u2028", "\u2028");

        var mail = mailed(Map.of("email_send", "1", "url", given))
                .mail()
                .orElseThrow()
                .mail();

        assertThat(mail.content()).isEqualTo(shown ? "c\n\n" + given + "\n" : "c");
        assertThat(mail.contentType()).isEqualTo(TextType.PLAIN);
    }

    @Test
    void defaultMailShowsTheActionsThatLeadToWebPages() {
        String actions =
                "[{\"label\":\"Yes\",\"url\":\"https://shop.example/yes\"},{\"label\":\"No\",\"url\":\"/no\"}]";

        assertThat(mailed(Map.of("email_send", "1", "actions", actions))
                        .mail()
                        .orElseThrow()
                        .mail()
                        .content())
                .isEqualTo("c\n\nYes: https://shop.example/yes\n");
        assertThat(mailed(Map.of("email_send", "1", "actions", actions, "url", "https://shop.example/7"))
                        .mail()
                        .orElseThrow()
                        .mail()
                        .content())
                .isEqualTo("c\n\nhttps://shop.example/7\nYes: https://shop.example/yes\n");
    }

    @Test
    void actionsMayBeJsonOrItsText() {
        String actions = "[{'label':'Yes','url':'https://e.example/?a=1 '},{'url':'javascript:x','label':'5'}]";
        List<Action> read = List.of(new Action("Yes", "https://e.example/?a=1 "), new Action("5", "javascript:x"));

        assertThat(RequestFixture.readJson("{'content':'c','users':[],'actions':" + actions + "}")
                        .message()
                        .actions())
                .isEqualTo(read);
        assertThat(actionsOf(actions)).isEqualTo(read);
        String quoted = actions.replace("'", "\\'");
        assertThat(RequestFixture.readJson("{'content':'c','users':[],'actions':'" + quoted + "'}")
                        .message()
                        .actions())
                .isEqualTo(read);
        for (String none : List.of("", " ", "[]")) {
            assertThat(actionsOf(none)).isEmpty();
        }
        assertThat(RequestFixture.readJson("{'content':'c','users':[],'actions':null}")
                        .message()
                        .actions())
                .isEmpty();
    }

    @Test
    void textsOfActionsHaveTheirFullLength() {
        String label = "l".repeat(64);
        String url = "u".repeat(8192);

        assertThat(actionsOf("[{'label':'" + label + "','url':'" + url + "'}]"))
                .containsExactly(new Action(label, url));
        assertThat(wrongActions("[{'label':'" + label + "l','url':'u" + url + "'}]"))
                .containsExactly("actions[0].label", "actions[0].url");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    nonsense                                            | actions
                    {}                                                  | actions
                    7                                                   | actions
                    null                                                | actions
                    [7]                                                 | actions
                    [null]                                              | actions
                    [[]]                                                | actions
                    [{'label':'a','url':'b','url':'c'}]                 | actions
                    [{'label':'a','url':'b'},{'label':'a','url':'b'},{'label':'a','url':'b'}] | actions
                    [{'label':'a'}]                                     | actions[0].url
                    [{'label':'a','url':''}]                            | actions[0].url
                    [{'label':'a','url':null}]                          | actions[0].url
                    [{'label':'a','url':{}}]                            | actions[0].url
                    [{'label':'a','url':'\\ud83d'}]                     | actions[0].url
                    [{'label':'a','url':'b'},{'url':'b'}]               | actions[1].label
                    [{'label':'a','url':'b'},{'label':'','url':'b'}]    | actions[1].label
                    [{'label':true,'url':'b'}]                          | actions[0].label
                    [{'label':'a\\nb','url':'b'}]                       | actions[0].label
                    [{'label':'a\\u0085','url':'b'}]                    | actions[0].label
                    """)
    void faultOfAnActionIsNamedWithItsPlace(String actions, String field) {
        assertThat(wrongActions(actions)).containsExactly(field);
    }

    @Test
    void unknownMemberOfAnActionIsTreatedAsThatOfAUser() {
        String actions = "[{'label':'a','url':'b','method':'POST'}]";

        ProblemException problem = catchThrowableOfType(
                ProblemException.class,
                () -> RequestFixture.readJson("{'content':'c','users':[],'actions':" + actions + "}"));

        assertThat(RequestFixture.body(problem).getString("code")).isEqualTo("unknown-parameter");
        assertThat(RequestFixture.fields(problem)).containsExactly("actions[0].method");
        assertThat(RequestFixture.read(Map.of("content", "c", "actions", actions.replace('\'', '"')))
                        .ignored())
                .containsExactly("actions[0].method");
    }

    @Test
    void everyPartOfAnActionChangesTheFingerprint() {
        List<String> fingerprints = Stream.of(
                        "[]",
                        "[{'label':'a','url':'b'}]",
                        "[{'label':'ab','url':''}]".replace("''", "'c'"),
                        "[{'label':'b','url':'a'}]",
                        "[{'label':'a','url':'b'},{'label':'a','url':'b'}]")
                .map(actions -> RequestFixture.read(Map.of("content", "c", "actions", actions.replace('\'', '"')))
                        .fingerprint())
                .toList();

        assertThat(fingerprints).doesNotHaveDuplicates();
        assertThat(RequestFixture.read(Map.of("content", "c")).fingerprint()).isEqualTo(fingerprints.get(0));
    }

    private static List<Action> actionsOf(String actions) {
        return RequestFixture.read(Map.of("content", "c", "actions", actions.replace('\'', '"')))
                .message()
                .actions();
    }

    private static List<String> wrongActions(String actions) {
        return RequestFixture.fields(catchThrowableOfType(ProblemException.class, () -> actionsOf(actions)));
    }

    @Test
    void titleAsSubjectIsCutBetweenCharacters() {
        String title = "a" + "\ud83d\ude00".repeat(511);

        var subject = mailed(Map.of("email_send", "1", "title", title))
                .mail()
                .orElseThrow()
                .mail()
                .subject();

        assertThat(subject).isEqualTo("a" + "\ud83d\ude00".repeat(449));
    }

    @Test
    void tooManyUsersAreRefused() {
        ProblemException problem = catchThrowableOfType(
                ProblemException.class,
                () -> RequestFixture.read(
                        Map.of("content", "c", "users", "[{\"id\":1},{\"id\":2},{\"id\":3},{\"id\":4}]")));

        assertThat(RequestFixture.body(problem).getString("code")).isEqualTo("too-many-users");
    }

    @Test
    void halfASurrogatePairIsRefused() {
        ProblemException problem =
                catchThrowableOfType(ProblemException.class, () -> RequestFixture.read(Map.of("content", "\ud83d")));

        assertThat(RequestFixture.fields(problem)).containsExactly("content");
        assertThat(RequestFixture.read(Map.of("content", "\ud83d\ude00"))
                        .message()
                        .content())
                .isEqualTo("\ud83d\ude00");
    }

    private static Publication mailed(Map<String, String> more) {
        Map<String, String> parameters =
                new HashMap<>(Map.of("content", "c", "users", "[{\"id\":1,\"email\":\"a@b.example\"}]"));
        parameters.putAll(more);
        return RequestFixture.read(parameters);
    }

    // Group and times

    @Test
    void groupAndEndBelongToTheMessage() {
        Message message = RequestFixture.readJson("{'content':'c','users':['1'],'group':'photo-7','expires_in':90}")
                .message();

        assertThat(message.group()).isEqualTo("photo-7");
        assertThat(message.expiresAt()).contains(RequestFixture.NOW.plusSeconds(90));
    }

    @Test
    void secondsUntilTheEndCountFromTheDelivery() {
        Publication publication =
                RequestFixture.readForm("content=c&users=[1]&deliver_at=2026-03-05T00:00:00%2B01:00&expires_in=3600");

        assertThat(publication.times().deliverAt()).contains(Instant.parse("2026-03-04T23:00:00Z"));
        assertThat(publication.message().expiresAt()).contains(Instant.parse("2026-03-05T00:00:00Z"));
    }

    @Test
    void deliveryInThePastIsAtOnce() {
        assertThat(RequestFixture.readForm("content=c&users=[1]&deliver_at=2026-03-04T05:06:07Z")
                        .times()
                        .deliverAt())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "deliver_at=2027-03-06T00:00:00Z | deliver_at | must be at most 366 days ahead",
                "deliver_at=tomorrow | deliver_at | must be a time with its offset (RFC 3339), such as 2030-01-31T09:00:00Z",
                "deliver_at=2030-01-31T09:00:00 | deliver_at | must be a time with its offset (RFC 3339), such as 2030-01-31T09:00:00Z",
                "expires_at=2026-03-04T05:06:07.089Z | expires_at | must be later than the delivery",
                "expires_at=%2B999999999-12-31T23:59:59Z | expires_at | must be a time with its offset (RFC 3339), such as 2030-01-31T09:00:00Z",
                "deliver_at=2026-03-05T00:00:00Z&expires_at=2026-03-04T23:59:59Z | expires_at | must be later than the delivery",
                "expires_in=0 | expires_in | must be a whole number of seconds from 1 to 315360000",
                "expires_in=1.5 | expires_in | must be a whole number of seconds from 1 to 315360000",
                "expires_in=60&expires_at=2027-01-01T00:00:00Z | expires_in | cannot be used together with expires_at",
            })
    void timesThatCannotBeAreRefused(String parameters, String field, String message) {
        ProblemException problem = catchThrowableOfType(
                ProblemException.class, () -> RequestFixture.readForm("content=c&users=[1]&" + parameters));

        JsonObject error = RequestFixture.body(problem).getJsonArray("errors").getJsonObject(0);
        assertThat(error.getString("field")).isEqualTo(field);
        assertThat(error.getString("message")).isEqualTo(message);
    }

    @Test
    void requestThatMayRepeatAnotherOneMayHaveExpired() {
        String form = "content=c&users=[1]&expires_at=2026-03-04T05:06:08Z";

        Publication later = new PublicationReader(
                        ParameterReader.query(form),
                        new PublicationLimits(10_000, 3, 100),
                        false,
                        RequestFixture.NOW.plusSeconds(5),
                        true)
                .read();

        assertThat(later.times().over()).isTrue();
        assertThat(RequestFixture.readForm(form).times().over()).isFalse();
        assertThat(later.fingerprint()).isEqualTo(RequestFixture.readForm(form).fingerprint());
    }

    @Test
    void requestThatIsRepeatedLaterHasTheSameFingerprint() {
        String form = "content=c&users=[1]&expires_in=60";
        Parameters parameters = ParameterReader.query(form);
        Publication later = new PublicationReader(
                        parameters,
                        new PublicationLimits(10_000, 3, 100),
                        false,
                        RequestFixture.NOW.plusSeconds(5),
                        false)
                .read();

        assertThat(later.fingerprint()).isEqualTo(RequestFixture.readForm(form).fingerprint());
        assertThat(later.fingerprint())
                .isNotEqualTo(RequestFixture.readForm("content=c&users=[1]&expires_in=61")
                        .fingerprint())
                .isNotEqualTo(RequestFixture.readForm("content=c&users=[1]").fingerprint());
    }
}
