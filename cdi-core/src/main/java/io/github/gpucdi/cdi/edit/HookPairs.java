package io.github.gpucdi.cdi.edit;

import io.github.gpucdi.cdi.spec.Hook;
import io.github.gpucdi.cdi.spec.ShellWord;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Function;

/**
 * The hooks of one stage on both sides, paired: equal ones first, then those of one program and subcommand, each in the
 * order of the lists. Pairing does not depend on which side is the first.
 */
final class HookPairs {
    private static final int NONE = -1;

    private final List<Fact> before;
    private final List<Fact> after;
    /** By index in {@code before}: the partner's index in {@code after}. */
    private final int[] partners;

    private final boolean[] taken;

    HookPairs(List<Fact> before, List<Fact> after) {
        this.before = before;
        this.after = after;
        partners = new int[before.size()];
        Arrays.fill(partners, NONE);
        taken = new boolean[after.size()];
        pairBy(fact -> fact);
        pairBy(Fact::key);
    }

    /** The hooks by stage; their order within a stage is that of execution, and a repeated one runs again. */
    static SortedMap<String, List<Fact>> byStage(List<Hook> hooks) {
        SortedMap<String, List<Fact>> byStage = EditFacts.sorted();
        for (Hook hook : hooks) {
            byStage.computeIfAbsent(hook.hookName(), stage -> new ArrayList<>())
                    .add(Fact.named(hook.hookName() + " " + program(hook))
                            .with("path", hook.path())
                            .with("args", ShellWord.line(hook.args()))
                            .with("env", EditFacts.hookEnv(hook.env()))
                            .with("timeout", hook.timeout()));
        }
        return byStage;
    }

    /** The program's file name and the words that choose what it does: arguments before the first option or path. */
    private static String program(Hook hook) {
        List<String> words = new ArrayList<>();
        words.add(hook.path().substring(hook.path().lastIndexOf('/') + 1));
        for (int i = 1; i < hook.args().size(); i++) {
            String arg = hook.args().get(i);
            if (arg.isEmpty() || arg.startsWith("-") || arg.indexOf('/') >= 0) {
                break;
            }
            words.add(arg);
        }
        return ShellWord.line(words);
    }

    private <K> void pairBy(Function<Fact, K> key) {
        Map<K, Deque<Integer>> free = new HashMap<>();
        for (int i = 0; i < after.size(); i++) {
            if (!taken[i]) {
                free.computeIfAbsent(key.apply(after.get(i)), k -> new ArrayDeque<>())
                        .add(i);
            }
        }
        for (int i = 0; i < partners.length; i++) {
            Deque<Integer> same = free.get(key.apply(before.get(i)));
            if (partners[i] == NONE && same != null && !same.isEmpty()) {
                partners[i] = same.remove();
                taken[partners[i]] = true;
            }
        }
    }

    void report(ChangeList changes, String stage) {
        for (int i = 0; i < partners.length; i++) {
            if (partners[i] == NONE) {
                changes.removed(Change.Section.HOOK, before.get(i));
            } else {
                changes.fields(Change.Section.HOOK, before.get(i), after.get(partners[i]));
            }
        }
        List<Fact> pairedAfter = new ArrayList<>();
        for (int i = 0; i < taken.length; i++) {
            if (taken[i]) {
                pairedAfter.add(after.get(i));
            } else {
                changes.added(Change.Section.HOOK, after.get(i));
            }
        }
        reportOrder(changes, stage, pairedAfter);
    }

    private void reportOrder(ChangeList changes, String stage, List<Fact> pairedAfter) {
        List<Fact> pairedBefore = new ArrayList<>();
        boolean sameOrder = true;
        int highest = NONE;
        for (int i = 0; i < partners.length; i++) {
            if (partners[i] != NONE) {
                pairedBefore.add(before.get(i));
                sameOrder &= partners[i] > highest;
                highest = Math.max(highest, partners[i]);
            }
        }
        if (!sameOrder) {
            boolean keysTell = new HashSet<>(keys(pairedBefore)).size() == pairedBefore.size();
            changes.changed(
                    Change.Section.HOOK,
                    stage,
                    "order",
                    order(pairedBefore, stage, keysTell),
                    order(pairedAfter, stage, keysTell));
        }
    }

    private static List<String> keys(List<Fact> hooks) {
        List<String> keys = new ArrayList<>(hooks.size());
        for (Fact hook : hooks) {
            keys.add(hook.key());
        }
        return keys;
    }

    private static String order(List<Fact> hooks, String stage, boolean keysTell) {
        List<String> names = new ArrayList<>(hooks.size());
        for (Fact hook : hooks) {
            names.add(keysTell ? hook.key().substring(stage.length() + 1) : "(" + hook.text() + ")");
        }
        return String.join(", ", names);
    }
}
