package org.wsnotify.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.origin;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The dependencies that the design allows between packages. Each rule was seen to fail once. */
@AnalyzeClasses(packages = "org.wsnotify", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String ROOT = "org.wsnotify.";

    /** Each package of the core, with the packages below that it may use. */
    private static final Map<String, List<String>> CORE_ARROWS = Map.ofEntries(
            entry("notification", List.of()),
            entry("mail", List.of("notification")),
            entry("client", List.of()),
            entry("digest", List.of()),
            entry("meter", List.of("notification")),
            entry("channel", List.of()),
            entry("login", List.of("client", "digest")),
            entry("session", List.of("channel", "client", "login", "meter", "notification")),
            entry("presence", List.of("notification", "session")),
            entry("relay", List.of("notification", "presence")),
            entry("story", List.of("notification")),
            entry("inbox", List.of("meter", "notification", "presence", "relay", "session", "story")),
            entry("operator", List.of("notification", "outbox", "story")),
            entry("erasure", List.of("delivery", "inbox", "notification", "outbox", "story")),
            entry("outbox", List.of("mail", "meter", "notification", "presence")),
            entry("retention", List.of("inbox", "notification")),
            entry("retraction", List.of("inbox", "notification")),
            entry(
                    "delivery",
                    List.of(
                            "digest",
                            "inbox",
                            "mail",
                            "meter",
                            "notification",
                            "outbox",
                            "presence",
                            "relay",
                            "retraction",
                            "session",
                            "story")),
            entry("conversation", List.of("channel", "inbox", "login", "notification", "presence", "session")));

    private static final List<String> CORE = List.copyOf(CORE_ARROWS.keySet());
    private static final List<String> ADAPTERS = List.of(
            "http",
            "wire",
            "json",
            "websocket",
            "sockjs",
            "servlet",
            "body",
            "problem",
            "form",
            "mongo",
            "embedded",
            "smtp",
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
    static void arrowsInsideTheCorePointDown(JavaClasses classes) {
        CORE_ARROWS.forEach((room, below) -> noClasses()
                .that()
                .resideInAnyPackage(packages(List.of(room)))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packages(CORE.stream()
                        .filter(other -> !other.equals(room) && !below.contains(other))
                        .toList()))
                .check(classes));
    }

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
    static final ArchRule formsKnowOnlyJava = noClasses()
            .that()
            .resideInAPackage(ROOT + "form")
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages("java..", ROOT + "form");

    @ArchTest
    static final ArchRule theSockJsProtocolKnowsNoServer = noClasses()
            .that()
            .resideInAPackage(ROOT + "sockjs")
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages(with(packages(CORE), "java..", ROOT + "sockjs", ROOT + "wire..", ROOT + "form"));

    @ArchTest
    static final ArchRule oneHomeForRest = oneHome("jakarta.ws.rs..", "http");

    @ArchTest
    static final ArchRule oneHomeForWebSocket = oneHome("jakarta.websocket..", "websocket", "sockjs.websocket");

    @ArchTest
    static final ArchRule oneHomeForServlet = oneHome("jakarta.servlet..", "servlet", "websocket", "sockjs.servlet");

    @ArchTest
    static final ArchRule oneHomeForJson = oneHome("jakarta.json..", "wire", "json", "http", "problem");

    @ArchTest
    static final ArchRule oneHomeForMongo = oneHome("com.mongodb..", "mongo");

    @ArchTest
    static final ArchRule oneHomeForTheEmbeddedStore = oneHome("org.h2..", "embedded");

    @ArchTest
    static final ArchRule oneHomeForMail = oneHome("jakarta.mail..", "smtp");

    @ArchTest
    static final ArchRule oneHomeForDatabases = oneHome("java.sql..", "jdbc");

    /** The configuration looks up the DataSource. */
    @ArchTest
    static final ArchRule oneHomeForDataSources = oneHome("javax.sql..", "jdbc", "config");

    @ArchTest
    static final ArchRule oneHomeForEjb = oneHome("jakarta.ejb..", "smtp");

    @ArchTest
    static final ArchRule oneHomeForHealth = oneHome("org.eclipse.microprofile.health..", "health");

    @ArchTest
    static final ArchRule oneHomeForMetrics = oneHome("org.eclipse.microprofile.metrics..", "metrics");

    @ArchTest
    static final ArchRule oneHomeForOpenApi = oneHome("org.eclipse.microprofile.openapi..", "http");

    @ArchTest
    static final ArchRule oneHomeForBcrypt = oneHome("at.favre..", "password");

    @ArchTest
    static final ArchRule oneHomeForArgon2 = oneHome("com.password4j..", "password");

    @ArchTest
    static final ArchRule oneHomeForSha256 = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "digest")
            .should()
            .callMethod(MessageDigest.class, "getInstance", String.class);

    @ArchTest
    static final ArchRule oneHomeForShaCrypt = oneHome("org.apache.commons.codec..", "password");

    /** Each call of {@code Json} searches all jars for an implementation, which took a quarter of a request. */
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
     * Adapters do not use each other, with these exceptions. Transports may use {@code wire}, and SockJS the channel of
     * {@code websocket}. Several adapters share {@code body}, {@code problem}, {@code form}, {@code folder} and {@code
     * password}.
     */
    private static ArchRule adaptersApart() {
        return slices().matching(ROOT + "(*)..")
                .namingSlices("$1")
                .should()
                .notDependOnEachOther()
                .ignoreDependency(resides("config"), anything())
                .ignoreDependency(anything(), resides(CORE.toArray(String[]::new)))
                .ignoreDependency(resides("websocket", "sockjs"), resides("wire"))
                .ignoreDependency(resides("wire", "http"), resides("json"))
                .ignoreDependency(resides("sockjs.websocket"), resides("websocket"))
                .ignoreDependency(resides("jdbc"), resides("password"))
                .ignoreDependency(resides("http", "servlet", "sockjs.servlet"), resides("body"))
                .ignoreDependency(resides("http", "servlet", "body"), resides("problem"))
                .ignoreDependency(resides("http", "servlet", "sockjs"), resides("form"))
                .ignoreDependency(resides("smtp", "embedded"), resides("folder"));
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
