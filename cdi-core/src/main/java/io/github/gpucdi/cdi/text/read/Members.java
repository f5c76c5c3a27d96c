package io.github.gpucdi.cdi.text.read;

import io.github.gpucdi.cdi.spec.Finding.Code;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The members of a mapping as loaders see them: merge keys followed, keys turned into text, no key twice. Where keys are
 * known ones, letter case does not matter, and of two spellings the later in sorted order is laid over the other.
 */
final class Members {
    private static final String MERGE = "tag:yaml.org,2002:merge";

    private final Problems problems;
    private final NodePath place;
    private final Map<String, Member> members = new LinkedHashMap<>();
    private final Set<ScalarValue> seen = new HashSet<>();

    private record Member(SourceNode key, SourceNode value) {}

    private Members(Problems problems, NodePath place) {
        this.problems = problems;
        this.place = place;
    }

    /** All members of {@code mapping}, by their text. */
    static Map<String, SourceNode> any(SourceNode.Mapping mapping, NodePath place, Problems problems) {
        Members members = new Members(problems, place);
        members.addAll(mapping);
        Map<String, SourceNode> values = new LinkedHashMap<>();
        members.members.forEach((key, member) -> values.put(key, member.value()));
        return values;
    }

    /**
     * Members by their known names.
     *
     * @param counted what counts of them
     * @param covered what stands under spellings that others are laid over: loaders decode it too, so what is wrong in it
     *     is wrong
     */
    record Known(Map<String, SourceNode> counted, List<Map<String, SourceNode>> covered) {
        static final Known NONE = new Known(Map.of(), List.of());
    }

    /** The members of {@code mapping} by the spelling of {@code known}; any other is an error. */
    static Known known(SourceNode.Mapping mapping, Map<String, String> known, NodePath place, Problems problems) {
        Members members = new Members(problems, place);
        members.addAll(mapping);
        Map<String, SourceNode> values = new HashMap<>();
        Map<String, String> spellings = new HashMap<>();
        Map<String, NavigableMap<String, SourceNode>> several = new HashMap<>();
        members.members.forEach((key, member) -> {
            String name = known.get(fold(key));
            if (name == null) {
                problems.error(
                        Code.UNKNOWN_KEY,
                        place.at(key),
                        member.key(),
                        "'" + key + "' is no key of CDI here",
                        "remove it or correct its spelling");
                return;
            }
            if (!name.equals(key)) {
                problems.info(
                        Code.KEY_CASE,
                        place.at(name),
                        member.key(),
                        "'" + key + "' is read as '" + name + "' by engines, but not by schema tools",
                        "write " + name);
            }
            String other = spellings.putIfAbsent(name, key);
            if (other == null) {
                values.put(name, member.value());
                return;
            }
            problems.warning(
                    Code.KEY_CASE,
                    place.at(name),
                    member.key(),
                    "'" + other + "' and '" + key + "' are one key to engines: only one of them counts",
                    "remove one");
            several.computeIfAbsent(name, any -> new TreeMap<>(Map.of(other, values.get(name))))
                    .put(key, member.value());
        });
        List<Map<String, SourceNode>> covered = new ArrayList<>();
        several.forEach((name, all) -> {
            values.put(
                    name,
                    all.values().stream()
                            .reduce((below, above) -> Overlay.of(name, below, above))
                            .orElseThrow());
            all.headMap(all.lastKey()).values().forEach(value -> covered.add(Map.of(name, value)));
        });
        return new Known(values, covered);
    }

    /** {@code names} by what {@link #known} compares. */
    static Map<String, String> byFold(String... names) {
        Map<String, String> folded = new HashMap<>();
        for (String name : names) {
            folded.put(fold(name), name);
        }
        return Map.copyOf(folded);
    }

    /** As loaders compare keys: letters without case, and the two characters that fold to k and s. */
    static String fold(String key) {
        StringBuilder folded = new StringBuilder(key.length());
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            folded.append(
                    switch (c) {
                        case '\u017f' -> 's';
                        case '\u212a' -> 'k';
                        default -> c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
                    });
        }
        return folded.toString();
    }

    private void addAll(SourceNode.Mapping mapping) {
        for (SourceNode.Entry entry : mapping.entries()) {
            if (isMerge(entry.key())) {
                merge(entry.value());
            } else {
                key(entry.key()).ifPresent(key -> add(key, entry));
            }
        }
    }

    private void add(String key, SourceNode.Entry entry) {
        Member other = members.put(key, new Member(entry.key(), entry.value()));
        if (other != null) {
            problems.warning(
                    Code.DUPLICATE_KEY,
                    place.at(key),
                    entry.key(),
                    "'" + key + "' stands here as a text and as no text, which is one key to engines:"
                            + " chance decides which of them counts",
                    "remove one");
        }
    }

    private static boolean isMerge(SourceNode key) {
        return key instanceof SourceNode.Scalar scalar
                && scalar.text().equals("<<")
                && (scalar.plain() && scalar.tag().isEmpty() || scalar.tag().equals(Optional.of(MERGE)));
    }

    private void merge(SourceNode source) {
        List<SourceNode> sources = source instanceof SourceNode.Sequence list ? list.items() : List.of(source);
        for (SourceNode one : new ArrayList<>(sources)) {
            if (one instanceof SourceNode.Mapping mapping) {
                addAll(mapping);
            } else {
                problems.error(
                        Code.KEY_INVALID,
                        place,
                        one,
                        "'<<' merges mappings only",
                        "give it a mapping or a list of these");
            }
        }
    }

    private Optional<String> key(SourceNode key) {
        if (!(key instanceof SourceNode.Scalar scalar)) {
            problems.error(Code.KEY_INVALID, place, key, "a list or mapping is no key", "write a text");
            return Optional.empty();
        }
        ScalarValue value;
        try {
            value = ScalarValue.of(scalar);
        } catch (ScalarValue.Mismatch e) {
            problems.error(Code.WRONG_TYPE, place, key, e.getMessage(), "remove the tag");
            return Optional.empty();
        }
        Optional<String> text = value.asText();
        boolean tooLong =
                value instanceof ScalarValue.Whole whole && whole.value().bitLength() > 63;
        if (text.isEmpty() || tooLong) {
            problems.error(Code.KEY_INVALID, place, key, "null or a very large number is no key", "write a text");
            return Optional.empty();
        }
        if (!seen.add(value)) {
            problems.error(
                    Code.DUPLICATE_KEY,
                    place.at(text.get()),
                    key,
                    "'" + text.get() + "' stands here twice",
                    "remove one");
            return Optional.empty();
        }
        return text;
    }
}
