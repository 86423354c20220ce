package org.wsnotify.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChosenNotificationsTest {

    private static final String FIRST = "6b0212aa9f400001c0ffee01";
    private static final String SECOND = "6b0212aa9f400002c0ffee01";
    private static final BodyBounds BOUNDS = BodyBounds.forUsers(ChosenNotifications.MOST);

    @Test
    void formHasAListWithCommasAndJsonAnArray() {
        ChosenNotifications both = new ChosenNotifications(List.of(FIRST, SECOND), false);

        assertThat(ofForm("ids=" + FIRST + "," + SECOND)).isEqualTo(both);
        assertThat(ofForm("ids=" + FIRST + "%2C%20" + SECOND + "&apikey=k")).isEqualTo(both);
        assertThat(ofJson("{'ids':['" + FIRST + "','" + SECOND + "']}", true)).isEqualTo(both);
        assertThat(ofJson("{'ids':'" + FIRST + "," + SECOND + "','all':false}", true))
                .isEqualTo(both);
    }

    @Test
    void allIsMeantWithoutIds() {
        ChosenNotifications all = new ChosenNotifications(List.of(), true);

        assertThat(ofForm("all=1")).isEqualTo(all);
        assertThat(ofJson("{'all':true}", true)).isEqualTo(all);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'ids':[]}",
                "{'ids':''}",
                "{'ids':null}",
                "{'ids':7}",
                "{'ids':['x']}",
                "{'ids':[['6b0212aa9f400001c0ffee01']]}",
                "{'ids':['6b0212aa9f400001c0ffee01',null]}",
                "{'ids':'6b0212aa9f400001c0ffee01,'}",
                "{'ids':['6b0212aa9f400001c0ffee01'],'all':true}",
                "{'all':false}"
            })
    void anythingElseIsRefused(String json) {
        ProblemException problem = catchThrowableOfType(ProblemException.class, () -> ofJson(json, true));

        assertThat(problem.problem().status()).isEqualTo(400);
        assertThat(RequestFixture.fields(problem)).containsExactly("ids");
    }

    @ParameterizedTest
    @CsvSource({"1000, true", "1001, false"})
    void idsAreBounded(int count, boolean accepted) {
        String ids = String.join(",", Collections.nCopies(count, FIRST));

        ProblemException problem = catchThrowableOfType(ProblemException.class, () -> ofForm("ids=" + ids));

        assertThat(problem == null).isEqualTo(accepted);
    }

    @Test
    void unknownNamesAreRefusedAndAllWhereNotAllMayBeMeant() {
        assertThat(RequestFixture.fields(catchThrowableOfType(
                        ProblemException.class, () -> ofJson("{'ids':['" + FIRST + "'],'id':'x'}", true))))
                .containsExactly("id");
        assertThat(RequestFixture.fields(
                        catchThrowableOfType(ProblemException.class, () -> ofJson("{'all':true}", false))))
                .contains("all");
    }

    private static ChosenNotifications ofForm(String form) {
        return ChosenNotifications.read(ParameterReader.query(form), Optional.empty(), true);
    }

    private static ChosenNotifications ofJson(String json, boolean mayBeAll) {
        Parameters parameters = new Parameters();
        parameters.add(ParameterReader.object(json.replace('\'', '"'), BOUNDS));
        return ChosenNotifications.read(parameters, Optional.empty(), mayBeAll);
    }

    /** Only the query names the user of the path. */
    @Test
    void userInABodyIsUnknown() {
        Parameters body = ParameterReader.query("all=1&user=43");

        assertThat(RequestFixture.fields(refused(body, Optional.empty()))).containsExactly("user");
        assertThat(RequestFixture.fields(refused(body, Optional.of("42")))).containsExactly("user");
        assertThat(ChosenNotifications.read(body, Optional.of("43"), true).all())
                .isTrue();
    }

    private static ProblemException refused(Parameters body, Optional<String> user) {
        return catchThrowableOfType(ProblemException.class, () -> ChosenNotifications.read(body, user, true));
    }
}
