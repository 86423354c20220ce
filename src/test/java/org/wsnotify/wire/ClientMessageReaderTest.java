package org.wsnotify.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.wsnotify.login.PasswordCredentials;
import org.wsnotify.login.TokenCredentials;
import org.wsnotify.session.BadMessageException;
import org.wsnotify.session.ClientMessage;
import org.wsnotify.session.Envelope;

class ClientMessageReaderTest {

    private static final String ID = "0123456789abcdef01234567";

    @Test
    void everyRequestIsRead() throws Exception {
        assertThat(read("{'name':'join','data':{'login':'l','password':'p'}}"))
                .isEqualTo(new ClientMessage.Join(new PasswordCredentials("l", "p")));
        assertThat(read("{'name':'join','data':{'token':'t','login':'l'}}"))
                .isEqualTo(new ClientMessage.Join(new TokenCredentials("t")));
        assertThat(read("{'name':'refresh','data':{'token':'t'}}"))
                .isEqualTo(new ClientMessage.Refresh(new TokenCredentials("t")));
        assertThat(read("{'name':'ping'}")).isEqualTo(new ClientMessage.Ping());
        assertThat(read("{'name':'unseen'}")).isEqualTo(new ClientMessage.ReadUnseen());
        assertThat(read("{'name':'content','data':{'page':3}}")).isEqualTo(new ClientMessage.ReadPage(3));
        assertThat(read("{'name':'content','data':{'page':-3}}")).isEqualTo(new ClientMessage.ReadPage(0));
        assertThat(read("{'name':'content','data':{'before':'" + ID + "'}}"))
                .isEqualTo(new ClientMessage.ReadBefore(ID));
        assertThat(read("{'name':'seen','data':{'ids':['" + ID + "','" + ID + "']}}"))
                .isEqualTo(new ClientMessage.MarkSeen(List.of(ID)));
        assertThat(read("{'name':'delete','data':{'ids':[]}}")).isEqualTo(new ClientMessage.Delete(List.of()));
        assertThat(read("{'name':'seenAll','data':null}")).isEqualTo(new ClientMessage.MarkAllSeen(Optional.empty()));
        assertThat(read("{'name':'seenAll','data':{'upTo':'6b0212aa9f400001c0ffee01'}}"))
                .isEqualTo(new ClientMessage.MarkAllSeen(Optional.of("6b0212aa9f400001c0ffee01")));
        assertThat(read("{'name':'leave','data':{}}")).isEqualTo(new ClientMessage.Leave());
    }

    @Test
    void boundOfAnAnswerIsRead() throws Exception {
        assertThat(read("{'name':'join','data':{'token':'t','characters':1024}}"))
                .isEqualTo(new ClientMessage.Join(new TokenCredentials("t"), OptionalInt.of(1024)));
        assertThat(read("{'name':'content','data':{'page':0,'characters':1048576}}"))
                .isEqualTo(new ClientMessage.ReadNewest(Optional.empty(), 1_048_576));
        assertThat(read("{'name':'content','data':{'page':-1,'characters':2000}}"))
                .isEqualTo(new ClientMessage.ReadNewest(Optional.empty(), 2000));
        assertThat(read("{'name':'content','data':{'page':7,'before':'" + ID + "','characters':2000}}"))
                .isEqualTo(new ClientMessage.ReadNewest(Optional.of(ID), 2000));
        assertThat(read("{'name':'unseen','data':{'characters':2000}}"))
                .isEqualTo(new ClientMessage.ReadNewestUnseen(Optional.empty(), 2000));
        assertThat(read("{'name':'unseen','data':{'before':'" + ID + "','characters':2000}}"))
                .isEqualTo(new ClientMessage.ReadNewestUnseen(Optional.of(ID), 2000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"'2000'", "null", "1023", "1048577", "-2000", "2000.5", "18446744073709553616", "1e999999"})
    void badBoundHasAStableCode(String characters) {
        for (String data : List.of("'token':'t'", "'page':0", "'before':'" + ID + "'", "'x':1")) {
            for (String name : List.of("join", "content", "unseen")) {
                assertThat(codeOf("{'name':'" + name + "','data':{'login':'l','password':'p'," + data + ",'characters':"
                                + characters + "}}"))
                        .isEqualTo("bad-page");
            }
        }
    }

    @Test
    void unseenWithoutABoundIgnoresItsData() throws Exception {
        for (String data : List.of("null", "''", "[1]", "{'before':7}", "{'before':'" + ID + "'}")) {
            assertThat(read("{'name':'unseen','data':" + data + "}")).isEqualTo(new ClientMessage.ReadUnseen());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    not json                                        | bad-json
                    {'name':'join'                                  | bad-json
                    {'name':'unseen'} trailing                      | bad-json
                    []                                              | bad-envelope
                    1                                               | bad-envelope
                    null                                            | bad-envelope
                    {}                                              | bad-envelope
                    {'name':7}                                      | bad-envelope
                    {'name':'open','data':{}}                       | unknown-name
                    {'name':'close'}                                | unknown-name
                    {'name':'join','data':{'login':'x'}}            | bad-login
                    {'name':'join','data':{'login':1,'password':2}} | bad-login
                    {'name':'join','data':[]}                       | bad-login
                    {'name':'join','data':{'token':7}}              | bad-login
                    {'name':'refresh','data':{'token':null}}        | bad-login
                    {'name':'refresh'}                              | bad-login
                    {'name':'content'}                              | bad-page
                    {'name':'content','data':{'page':'0'}}          | bad-page
                    {'name':'content','data':{'page':1.5}}          | bad-page
                    {'name':'content','data':{'page':1e400}}        | bad-page
                    {'name':'content','data':{'page':99999999999}}  | bad-page
                    {'name':'content','data':{'before':'x'}}        | bad-page
                    {'name':'content','data':{'before':'x','page':0}} | bad-page
                    {'name':'content','data':{'characters':2000}}   | bad-page
                    {'name':'content','data':{'page':1,'characters':2000}} | bad-page
                    {'name':'unseen','data':{'before':'x','characters':2000}} | bad-page
                    {'name':'seenAll','data':{'upTo':'x'}}          | bad-id
                    {'name':'seenAll','data':{'upTo':7}}            | bad-id
                    {'name':'seen','data':{'ids':'x'}}              | bad-id
                    {'name':'seen','data':{'ids':['x']}}            | bad-id
                    {'name':'seen','data':{'ids':[null]}}           | bad-id
                    {'name':'delete','data':7}                      | bad-id
                    """)
    void invalidMessageHasAStableCode(String text, String code) {
        assertThat(codeOf(text)).isEqualTo(code);
    }

    @Test
    void tokenThatIsTooLongIsRefused() throws Exception {
        String longest = "x".repeat(TokenCredentials.MAX_CHARACTERS);

        assertThat(read("{'name':'join','data':{'token':'" + longest + "'}}"))
                .isEqualTo(new ClientMessage.Join(new TokenCredentials(longest)));
        assertThat(codeOf("{'name':'join','data':{'token':'x" + longest + "'}}"))
                .isEqualTo("bad-login");
    }

    @Test
    void tooManyIdsAreRefused() {
        String ids = ("'" + ID + "',").repeat(ClientMessageReader.MOST_IDS) + "'" + ID + "'";
        assertThat(codeOf("{'name':'seen','data':{'ids':[" + ids + "]}}")).isEqualTo("too-many-ids");
    }

    @Test
    void endlessNestingIsNotJson() {
        assertThat(codeOf("[".repeat(60_000))).isEqualTo("bad-json");
        assertThat(codeOf("{'name':".repeat(8_000))).isEqualTo("bad-json");
    }

    private static ClientMessage read(String text) throws BadMessageException {
        return ClientMessageReader.read(text.replace('\'', '"'));
    }

    private static String codeOf(String text) {
        Envelope.Failure failure = catchThrowableOfType(BadMessageException.class, () -> read(text))
                .answer();
        return failure.code();
    }
}
