package org.wsnotify.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.wsnotify.delivery.Publication;
import org.wsnotify.notification.Recipient;

class PublicationReaderTest {

    @Test
    void onlyAContentIsNeeded() {
        Publication publication = RequestFixture.read(Map.of("content", "c"));

        assertThat(publication.message().content()).isEqualTo("c");
        assertThat(publication.message().title()).isEmpty();
        assertThat(publication.recipients()).isEmpty();
        assertThat(publication.mail()).isEmpty();
    }

    @Test
    void anIdIsTheSameUserAsANumberAndAsAString() {
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
    void aNumberIsTheUserOfItsValueHoweverItIsWritten(String number, String userId) {
        assertThat(RequestFixture.userIds("[{'id':" + number + "}]")).containsExactly(userId);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1.5", "1e-1", "1e256", "-1e256", "1e999", "1e999999999", "1e99999999999", "1.0e-999999999"})
    void aNumberThatIsNotWholeOrIsHugeIsNoUser(String number) {
        Problem problem = catchThrowableOfType(Problem.class, () -> RequestFixture.userIds("[{'id':" + number + "}]"));

        assertThat(problem.getResponse().getStatus()).isEqualTo(400);
        assertThat(RequestFixture.fields(problem)).singleElement().asString().startsWith("users");
    }

    @Test
    void aStringIsTheUserOfItsCharacters() {
        assertThat(RequestFixture.userIds("[{'id':'1.0'},{'id':'01'},{'id':' 1'}]"))
                .containsExactly("1.0", "01", " 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{} {}", "{}x", "[]", "{'a':1,}", "{'a':01}", "{'a':NaN}", "'c'", ""})
    void whatIsNoJsonObjectIsRefused(String text) {
        Problem problem = catchThrowableOfType(Problem.class, () -> RequestFixture.readJson(text));

        assertThat(RequestFixture.body(problem).getString("code")).isEqualTo("bad-json");
    }

    @Test
    void aNameTwiceInOneObjectIsAMistake() {
        Problem body = catchThrowableOfType(
                Problem.class, () -> RequestFixture.readJson("{'content':'a','content':'b','users':[]}"));
        Problem users = catchThrowableOfType(Problem.class, () -> RequestFixture.userIds("[{'id':1},{'id':2,'id':3}]"));

        assertThat(RequestFixture.body(body).getString("code")).isEqualTo("bad-json");
        assertThat(RequestFixture.fields(users)).containsExactly("users");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "true", "True", "yes", "Yes"})
    void theEarlierWordsForTrueAskForAMail(String word) {
        assertThat(mailed(Map.of("email_send", word)).mail().orElseThrow().force())
                .isFalse();
        assertThat(mailed(Map.of("email_force", word)).mail().orElseThrow().force())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "false", "no", "TRUE", "on"})
    void everyOtherWordDoesNot(String word) {
        assertThat(mailed(Map.of("email_send", word)).mail()).isEmpty();
    }

    @Test
    void naturalTypesAreReadFromAJsonBody() {
        Publication publication = RequestFixture.readJson("{'content':'c','title':5,'type':null,'email_send':true,"
                + "'users':[{'id':7,'email':'a@b.example'}]}");

        assertThat(publication.message().title()).isEqualTo("5");
        assertThat(publication.recipients()).containsExactly(new Recipient("7", "a@b.example"));
        assertThat(publication.mail()).isPresent();
    }

    @Test
    void usersMayStandAsAStringInAJsonBody() {
        assertThat(RequestFixture.readJson("{'content':'c','users':'[{\\'id\\':7}]'}".replace("\\'", "\\\""))
                        .recipients())
                .extracting(Recipient::userId)
                .containsExactly("7");
    }

    @Test
    void aMailWithoutASubjectOrTextSpeaksWithTheNotification() {
        Publication publication = mailed(Map.of("email_send", "1", "title", "One\r\nTwo"));

        var mail = publication.mail().orElseThrow().mail();
        assertThat(mail.subject()).isEqualTo("One Two");
        assertThat(mail.content()).isEqualTo("c");
        assertThat(mail.contentType()).isEqualTo(PublicationReader.PLAIN);
        assertThat(publication.message().title()).isEqualTo("One\r\nTwo");
    }

    @Test
    void theStandardMailIsHtmlInUtf8() {
        var mail = mailed(Map.of("email_send", "1", "email_content", "<b>x</b>"))
                .mail()
                .orElseThrow()
                .mail();

        assertThat(mail.contentType()).isEqualTo(PublicationReader.HTML);
        assertThat(mail.mimeVersion()).isEqualTo("1.0");
        assertThat(mail.subject()).isEqualTo("Notification");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    users         | nonsense                      | users
                    users         | {}                            | users
                    users         | 7                             | users
                    users         | [7]                           | users[0]
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
    void whatIsWrongIsNamed(String name, String value, String field) {
        Map<String, String> parameters = new HashMap<>(Map.of("content", "c", "email_send", "1", "users", "[]"));
        parameters.put(name, value.replace("\\r", "\r").replace("\\n", "\n"));

        Problem problem = catchThrowableOfType(Problem.class, () -> RequestFixture.read(parameters));

        assertThat(problem.getResponse().getStatus()).isEqualTo(400);
        assertThat(RequestFixture.fields(problem)).containsExactly(field);
    }

    @Test
    void everyMistakeIsNamedAtOnce() {
        Problem problem = catchThrowableOfType(
                Problem.class,
                () -> RequestFixture.read(
                        Map.of("title", "x".repeat(1025), "users", "[{\"id\":1},{\"x\":1}]", "email_force", "1")));

        assertThat(RequestFixture.fields(problem)).containsExactly("content", "title", "users[0].email", "users[1].id");
        assertThat(RequestFixture.body(problem).getString("code")).isEqualTo("invalid-parameters");
    }

    @Test
    void anAddressIsOnlyNeededWhereAMailMayBeOwed() {
        String users = "[{\"id\":1,\"email\":\"no address\"}]";

        assertThat(RequestFixture.read(Map.of("content", "c", "users", users)).recipients())
                .containsExactly(new Recipient("1", ""));
        Problem problem = catchThrowableOfType(
                Problem.class, () -> RequestFixture.read(Map.of("content", "c", "users", users, "email_send", "1")));
        assertThat(RequestFixture.fields(problem)).isEqualTo(List.of("users[0].email"));
    }

    @Test
    void moreUsersThanAllowedAreTooMany() {
        Problem problem = catchThrowableOfType(
                Problem.class,
                () -> RequestFixture.read(
                        Map.of("content", "c", "users", "[{\"id\":1},{\"id\":2},{\"id\":3},{\"id\":4}]")));

        assertThat(RequestFixture.body(problem).getString("code")).isEqualTo("too-many-users");
    }

    @Test
    void halfACharacterIsNoText() {
        Problem problem = catchThrowableOfType(Problem.class, () -> RequestFixture.read(Map.of("content", "\ud83d")));

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
}
