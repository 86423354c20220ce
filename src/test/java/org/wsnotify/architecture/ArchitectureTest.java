package org.wsnotify.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.origin;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The arrows of the design. Each rule was seen to fail once. */
@AnalyzeClasses(packages = "org.wsnotify", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String ROOT = "org.wsnotify.";
    private static final List<String> CORE =
            List.of("notification", "inbox", "session", "outbox", "login", "delivery", "conversation", "meter");
    private static final List<String> ADAPTERS = List.of(
            "http",
            "wire",
            "websocket",
            "sockjs",
            "servlet",
            "body",
            "mongo",
            "embedded",
            "mail",
            "jdbc",
            "password",
            "health",
            "metrics");

    @ArchTest
    static final ArchRule theCoreKnowsNoServer = noClasses()
            .that()
            .resideInAnyPackage(packages(CORE))
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages(
                    with(packages(CORE), "java..", "jakarta.inject..", "jakarta.enterprise.context.."));

    @ArchTest
    static final ArchRule adaptersDoNotKnowTheConfiguration = noClasses()
            .that()
            .resideInAnyPackage(with(packages(CORE), packages(ADAPTERS)))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT + "config..");

    @ArchTest
    static final ArchRule onlyTheConfigurationReadsSettings = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "config..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.eclipse.microprofile.config..");

    @ArchTest
    static final ArchRule thePackagesHaveNoCycles =
            slices().matching(ROOT + "(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule adaptersDoNotKnowEachOther = adaptersApart();

    @ArchTest
    static final ArchRule privateFoldersKnowOnlyFiles = noClasses()
            .that()
            .resideInAPackage(ROOT + "folder")
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages("java..", ROOT + "folder");

    @ArchTest
    static final ArchRule theSockJsProtocolKnowsNoServer = noClasses()
            .that()
            .resideInAPackage(ROOT + "sockjs")
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages(with(packages(CORE), "java..", ROOT + "sockjs", ROOT + "wire.."));

    @ArchTest
    static final ArchRule oneHomeForRest = oneHome("jakarta.ws.rs..", "http");

    @ArchTest
    static final ArchRule oneHomeForWebSocket = oneHome("jakarta.websocket..", "websocket", "sockjs.websocket");

    @ArchTest
    static final ArchRule oneHomeForServlet = oneHome("jakarta.servlet..", "servlet", "websocket", "sockjs.servlet");

    @ArchTest
    static final ArchRule oneHomeForJson = oneHome("jakarta.json..", "wire", "http");

    @ArchTest
    static final ArchRule oneHomeForMongo = oneHome("com.mongodb..", "mongo");

    @ArchTest
    static final ArchRule oneHomeForTheEmbeddedStore = oneHome("org.h2..", "embedded");

    @ArchTest
    static final ArchRule oneHomeForMail = oneHome("jakarta.mail..", "mail");

    @ArchTest
    static final ArchRule oneHomeForDatabases = oneHome("java.sql..", "jdbc");

    /** Each call of {@code Json} looks for an implementation in all jars again, which took a quarter of a request. */
    @ArchTest
    static final ArchRule jsonComesFromFactoriesThatAreKept = noClasses()
            .should()
            .callMethodWhere(target(owner(name("jakarta.json.Json")))
                    .and(not(target(nameMatching(".*Factory")).and(origin(name("<clinit>"))))));

    private static ArchRule oneHome(String api, String... homes) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(packages(List.of(homes)))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(api);
    }

    /**
     * Transports may use {@code wire}, SockJS the channel of {@code websocket}, {@code jdbc} the formats in {@code password}, and who keeps files the
     * private ones of {@code folder}, and who takes bodies the reader in {@code body}; nothing else.
     */
    private static ArchRule adaptersApart() {
        return slices().matching(ROOT + "(*)..")
                .namingSlices("$1")
                .should()
                .notDependOnEachOther()
                .ignoreDependency(resides("config"), anything())
                .ignoreDependency(anything(), resides(CORE.toArray(String[]::new)))
                .ignoreDependency(resides("websocket", "sockjs"), resides("wire"))
                .ignoreDependency(resides("sockjs.websocket"), resides("websocket"))
                .ignoreDependency(resides("jdbc"), resides("password"))
                .ignoreDependency(resides("http", "servlet", "sockjs.servlet"), resides("body"))
                .ignoreDependency(resides("mail", "embedded"), resides("folder"));
    }

    private static com.tngtech.archunit.base.DescribedPredicate<com.tngtech.archunit.core.domain.JavaClass> resides(
            String... names) {
        return com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage(packages(List.of(names)));
    }

    private static com.tngtech.archunit.base.DescribedPredicate<com.tngtech.archunit.core.domain.JavaClass> anything() {
        return com.tngtech.archunit.base.DescribedPredicate.alwaysTrue();
    }

    private static String[] packages(List<String> names) {
        return names.stream().map(name -> ROOT + name + "..").toArray(String[]::new);
    }

    private static String[] with(String[] some, String... more) {
        List<String> all = new ArrayList<>(Arrays.asList(some));
        all.addAll(Arrays.asList(more));
        return all.toArray(String[]::new);
    }
}
