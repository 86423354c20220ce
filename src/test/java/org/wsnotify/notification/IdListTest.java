package org.wsnotify.notification;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdListTest {

    private final IdList list = new IdList();

    @Test
    void idIsOnlyFoundIfAllItsDigitsAreThere() {
        list.add("65a0000000000001aaaaaaaa");

        assertThat(list.contains("65a0000000000001aaaaaaaa")).isTrue();
        assertThat(list.contains("65a0000000000001aaaaaaab")).isFalse();
        assertThat(list.contains("65a0000000000002aaaaaaaa")).isFalse();
        assertThat(list.contains("65a0000100000001aaaaaaaa")).isFalse();
    }

    @Test
    void smallestIdIsThatWhichSortsFirstAsText() {
        list.add("f000000000000000ffffffff"); // with the highest bit set, as after the year 2038
        list.add("70000000000000018fffffff");
        list.add("70000000000000017fffffff");

        assertThat(list.isSmallerThanAll("70000000000000017ffffffe")).isTrue();
        assertThat(list.isSmallerThanAll("70000000000000017fffffff")).isFalse();
        list.removeSmallest();
        assertThat(list.contains("70000000000000017fffffff")).isFalse();
        list.removeSmallest();
        assertThat(list.contains("70000000000000018fffffff")).isFalse();
        assertThat(list.firstSecond()).isEqualTo(0xf0000000L);
        assertThat(list.size()).isOne();
    }

    @Test
    void listThatHasBecomeShortTakesLittleRoom() {
        add(5000);
        for (int i = 0; i < 4990; i++) {
            list.removeFirst();
        }
        assertThat(list.room()).isLessThanOrEqualTo(64);
        assertThat(list.contains(id(4989))).isFalse();
        assertThat(list.contains(id(4990))).isTrue();

        add(5000);
        list.removeUpTo(id(4999));
        assertThat(list.size()).isZero();
        assertThat(list.room()).isLessThanOrEqualTo(64);
    }

    private void add(int count) {
        for (int i = 0; i < count; i++) {
            list.add(id(i));
        }
    }

    private static String id(int number) {
        return String.format("%024x", 0x65a00000L * number);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void listDoesWhatAListOfTextsDoes(long seed) {
        Random random = new Random(seed);
        compareWithAListOfTexts(
                random,
                step -> String.format(
                        "%08x%08x%08x", random.nextInt(3) - 1, random.nextInt(20), random.nextInt(2) - 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 50, 500})
    void idsThatGrowAreAListOfTextsToo(int exceptions) {
        Random random = new Random(exceptions);
        compareWithAListOfTexts(
                random, step -> id(random.nextInt(1000) < exceptions ? random.nextInt(step + 1) : step));
    }

    private void compareWithAListOfTexts(Random random, IntFunction<String> ids) {
        List<String> model = new ArrayList<>();
        for (int step = 0; step < 5000; step++) {
            String id = ids.apply(step);
            switch (random.nextInt(9)) {
                case 0 -> removeFirst(model);
                case 1 -> removeSmallest(model);
                case 2 -> {
                    if (random.nextInt(20) == 0) {
                        model.removeIf(other -> other.compareTo(id) <= 0);
                        list.removeUpTo(id);
                    }
                }
                case 3 -> {
                    assertThat(list.addIfAbsent(id)).isEqualTo(!model.contains(id));
                    if (!model.contains(id)) {
                        model.add(id);
                    }
                }
                case 4 -> {
                    String one = model.isEmpty() ? id : model.get(random.nextInt(model.size()));
                    model.remove(one);
                    list.remove(one);
                    list.remove("ffffffffffffffffffffffff"); // is in no list
                }
                default -> {
                    assertThat(list.contains(id)).isEqualTo(model.contains(id));
                    model.add(id);
                    list.add(id);
                }
            }
            if (random.nextInt(1000) == 0) {
                model.clear();
                list.clear();
            }
            assertThat(list.size()).isEqualTo(model.size());
            assertThat(list.isEmpty()).isEqualTo(model.isEmpty());
            if (!model.isEmpty()) {
                assertThat(list.isSmallerThanAll(id))
                        .isEqualTo(model.stream().allMatch(other -> id.compareTo(other) < 0));
            }
        }
        while (!model.isEmpty()) {
            removeFirst(model);
        }
        assertThat(list.size()).isZero();
    }

    private void removeFirst(List<String> model) {
        if (!model.isEmpty()) {
            assertThat(list.firstSecond())
                    .isEqualTo(Long.parseLong(model.remove(0).substring(0, 8), 16));
            list.removeFirst();
        }
    }

    private void removeSmallest(List<String> model) {
        if (!model.isEmpty()) {
            String smallest = Collections.min(model);
            assertThat(list.isSmallerThanAll(smallest)).isFalse();
            model.remove(smallest);
            list.removeSmallest();
            assertThat(list.contains(smallest)).isEqualTo(model.contains(smallest));
        }
    }
}
