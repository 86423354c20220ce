package org.wsnotify.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The bell as an npm package: its types, and the recipes of its README. */
class NpmPackageTest {

    private static final String SITE = "http://app.example.org/";
    private static final String SOCKET = "wss://notify.example.org/notification/websocket";

    private static SystemChromium chromium;

    @AfterAll
    static void close() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @Test
    void packageCanBeImportedWhereThereIsNoDom() throws Exception {
        String printed = new NpmProject("node")
                .write(
                        "import.mjs",
                        "console.log(Object.keys(await import('webservice-notification-bell')).join(' '));")
                .node("import.mjs");

        assertThat(printed.strip().split(" "))
                .contains("NotificationBell", "NotificationClient", "NotificationError", "makeList");
    }

    @Test
    void packageHasWhatItsDescriptionNames() throws Exception {
        String description = Files.readString(Path.of("target/npm/package.json"));
        Matcher file = Pattern.compile("\"\\./([\\w-]+\\.[\\w.]+)\"").matcher(description);

        assertThat(description).doesNotContain("@version@");
        assertThat(file.results().map(named -> named.group(1)).distinct())
                .contains("bell.js", "bell.d.ts")
                .allMatch(name -> Files.exists(Path.of("target/npm", name)));
        assertThat(Path.of("target/npm/LICENSE")).exists();
    }

    /** A line after {@code @ts-expect-error} that has no error is one. */
    @Test
    void strictTypeScriptAcceptsTheTypesAndTheRecipes() throws Exception {
        NpmProject project =
                new NpmProject("types").with("sample.ts", "react-types.tsx", "svelte-types.ts", "angular-core.d.ts");
        project.write("react.tsx", project.recipe("tsx"));
        project.write("angular.ts", project.recipe("ts"));
        String[] blocks = Files.readString(Path.of("target/npm/README.md")).split("```ts\\n", -1);
        project.write("client.ts", blocks[blocks.length - 1].split("```", 2)[0]);

        List<String> errors = project.typeErrors(
                "--strict",
                "--noEmit",
                "--target",
                "es2022",
                "--module",
                "esnext",
                "--moduleResolution",
                "bundler",
                "--lib",
                "es2023,dom,dom.iterable",
                "--jsx",
                "react-jsx",
                "sample.ts",
                "react-types.tsx",
                "svelte-types.ts",
                "angular-core.d.ts",
                "react.tsx",
                "angular.ts",
                "client.ts");

        // Svelte's own types name packages of its compiler, which are not here.
        assertThat(errors).allMatch(error -> error.startsWith("../node_modules/svelte/types/"));
    }

    @Test
    void recipeForHtmlWorks() throws Exception {
        NpmProject project = new NpmProject("html").with("html.ts");
        Matcher recipe = Pattern.compile("(?s)<script type=\"module\">(.*?)</script>(.*)")
                .matcher(project.recipe("html"));
        assertThat(recipe.find()).isTrue();
        project.write("recipe.js", recipe.group(1));

        assertThatBellWorks(recipe.group(2), project.bundle("html.ts"));
    }

    @Test
    void recipeForReactWorks() throws Exception {
        NpmProject project = new NpmProject("react").with("react.tsx");
        project.write("recipe.tsx", project.recipe("tsx"));

        assertThatBellWorks("", project.bundle("react.tsx"));
    }

    /** Vue's compiler of single files is not here: its compiler in the browser takes the template. */
    @Test
    void recipeForVueWorks() throws Exception {
        NpmProject project = new NpmProject("vue").with("vue.ts");
        Matcher recipe = Pattern.compile(
                        "(?s)<script setup lang=\"ts\">(.*?)(function.*?)</script>.*<template>(.*)</template>")
                .matcher(project.recipe("vue"));
        assertThat(recipe.find()).isTrue();
        project.write(
                "recipe.ts",
                recipe.group(1) + recipe.group(2) + "export default { setup: () => ({ arrived }), template: `"
                        + recipe.group(3) + "` };");

        assertThatBellWorks("", project.bundle("vue.ts"));
    }

    @Test
    void recipeForSvelteWorks() throws Exception {
        NpmProject project = new NpmProject("svelte").with("svelte.ts", "compile-svelte.cjs");
        project.write("TopBar.svelte", project.recipe("svelte"));
        project.node("compile-svelte.cjs", "TopBar.svelte", "recipe.js");

        assertThatBellWorks("", project.bundle("svelte.ts"));
    }

    /** Opens a page with the recipe: the bell asks for a token, signs in with it, and its event reaches the page. */
    private static void assertThatBellWorks(String body, String script) {
        List<String> sent = new CopyOnWriteArrayList<>();
        List<String> errors = new CopyOnWriteArrayList<>();
        try (BrowserContext window = chromium().window()) {
            Page page = window.newPage();
            page.onPageError(errors::add);
            page.routeWebSocket(SOCKET, socket -> socket.onMessage(frame -> sent.add(frame.text())));
            page.route(SITE + "**", route -> answer(route, body, script));
            page.navigate(SITE);
            PlaywrightAssertions.assertThat(page.locator("notification-bell").getByTestId("bell"))
                    .isVisible();
            page.waitForCondition(() -> !sent.isEmpty());
            page.evaluate("document.querySelector('notification-bell').dispatchEvent(new CustomEvent('notification',"
                    + " { detail: { notifications: [{ title: 'Deploy done' }] }, bubbles: true }))");
            PlaywrightAssertions.assertThat(page).hasTitle("Deploy done");
        }
        assertThat(sent.get(0)).contains("\"join\"").contains("\"token\":\"of-the-page\"");
        assertThat(errors).isEmpty();
    }

    private static void answer(Route route, String body, String script) {
        String path = route.request().url().substring(SITE.length());
        Route.FulfillOptions answer = new Route.FulfillOptions();
        switch (path) {
            case "" ->
                answer.setContentType("text/html; charset=utf-8")
                        .setBody("<!doctype html><script type=module src=/app.js></script><div id=app></div>" + body);
            case "app.js" ->
                answer.setContentType("text/javascript; charset=utf-8").setBody(script);
            case "my/bell-token" -> answer.setContentType("application/json").setBody("{\"token\":\"of-the-page\"}");
            default -> answer.setStatus(404);
        }
        route.fulfill(answer);
    }

    private static SystemChromium chromium() {
        if (chromium == null) {
            chromium = SystemChromium.start();
        }
        return chromium;
    }
}
