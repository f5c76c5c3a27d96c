package io.github.gpucdi.settings;

import io.github.gpucdi.cdi.spec.Position;
import io.github.gpucdi.config.YamlException;
import io.github.gpucdi.config.YamlNode;
import io.github.gpucdi.config.YamlTree;
import io.github.gpucdi.option.ValueRule;
import io.github.gpucdi.terminal.CommandFailure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Model.OptionSpec;

/** Reads the text of a configuration file by the keys that there are; whatever is wrong is found, not the first alone. */
final class ConfigDecoder {
    private static final Set<String> TRUE = Set.of("true", "True", "TRUE");
    private static final Set<String> FALSE = Set.of("false", "False", "FALSE");
    private static final Set<String> NULL = Set.of("", "~", "null", "Null", "NULL");
    private static final int MOST_SHOWN = 60;
    /** Enough for anybody: no file may keep who judges it. */
    private static final int MOST_FINDINGS = 1_000;

    private final String file;
    private final ConfigKeys keys;
    private final List<Setting> settings = new ArrayList<>();
    private final List<ConfigFinding> findings = new ArrayList<>();

    private ConfigDecoder(String file, ConfigKeys keys) {
        this.file = file;
        this.keys = keys;
    }

    static ConfigFile decode(String file, String text, ConfigKeys keys) {
        ConfigDecoder decoder = new ConfigDecoder(file, keys);
        try {
            Optional<YamlNode> root = YamlTree.read(text);
            root.ifPresent(node -> decoder.section("", node));
        } catch (YamlException e) {
            decoder.wrong(e.position(), e.getMessage(), "correct the YAML");
        }
        return new ConfigFile(file, decoder.settings, decoder.findings);
    }

    private void section(String section, YamlNode node) {
        if (isNull(node)) {
            // All that stands in it is commented out.
            return;
        }
        if (!(node instanceof YamlNode.Mapping mapping)) {
            String where = section.isEmpty() ? "the file" : "'" + section + "'";
            wrong(node.position(), where + " holds no keys", "write 'key: value' lines");
            return;
        }
        Map<String, Integer> lines = new HashMap<>();
        for (YamlNode.Entry entry : mapping.entries()) {
            if (findings.size() >= MOST_FINDINGS) {
                return;
            }
            if (!(entry.key() instanceof YamlNode.Scalar name)) {
                wrong(entry.key().position(), "a key that is no text", "write 'key: value' lines");
                continue;
            }
            Integer first = lines.putIfAbsent(name.text(), name.position().line());
            if (first != null) {
                wrong(
                        name.position(),
                        "the key " + shown(name.text()) + " stands in line " + first + " already",
                        "leave one of them out");
            }
            entry(new ConfigKey(section, name.text()), name.position(), entry.value());
        }
    }

    private void entry(ConfigKey key, Position place, YamlNode value) {
        if (key.section().isEmpty() && keys.isSection(key.name())) {
            section(key.name(), value);
            return;
        }
        Optional<OptionSpec> option = keys.option(key);
        if (option.isEmpty()) {
            boolean top = key.section().isEmpty();
            wrong(
                    place,
                    "unknown key " + shown(key.name()) + (top ? "" : " below '" + key.section() + ":'"),
                    "keys are the options of gpu-cdi " + (top ? ConfigKeys.GENERATE : key.section()) + " without dashes"
                            + suggestion(key));
            return;
        }
        List<String> values = new ArrayList<>();
        if (values(key, option.get(), value, values)) {
            settings.add(new Setting(key, values, file, value.position()));
        }
    }

    private String suggestion(ConfigKey key) {
        return key.name().length() > MOST_SHOWN ? "" : keys.suggestion(key);
    }

    /** Whether all of {@code node} is what the option takes; it is added to {@code values}. */
    private boolean values(ConfigKey key, OptionSpec option, YamlNode node, List<String> values) {
        return switch (Origin.Kind.of(option)) {
            case SWITCH -> flag(key, node, values);
            case TEXT -> text(key, option, node, "a text", values);
            case LIST -> list(key, option, node, values);
        };
    }

    /** One text is a list too. A default is one text, so only an option that parts it at commas can have several. */
    private boolean list(ConfigKey key, OptionSpec option, YamlNode node, List<String> values) {
        if (node instanceof YamlNode.Sequence sequence) {
            if (sequence.items().size() > 1 && option.splitRegex().isEmpty()) {
                return wrong(
                        node.position(),
                        key.text() + ": a file can name one, found "
                                + sequence.items().size(),
                        "leave one of them, or give each on the command line with --" + key.name());
            }
            boolean good = true;
            for (YamlNode item : sequence.items()) {
                good &= item(key, option, item, "a text", values);
            }
            return good;
        }
        return item(key, option, node, "a list", values);
    }

    private boolean flag(ConfigKey key, YamlNode node, List<String> values) {
        if (node instanceof YamlNode.Scalar scalar && isFlag(scalar)) {
            values.add(Boolean.toString(TRUE.contains(scalar.text())));
            return true;
        }
        return expected(key, node, "true or false");
    }

    private boolean item(ConfigKey key, OptionSpec option, YamlNode node, String expected, List<String> values) {
        boolean parted = !option.splitRegex().isEmpty();
        if (parted && node instanceof YamlNode.Scalar scalar && scalar.text().indexOf(',') >= 0) {
            return wrong(node.position(), key.text() + ": a comma in " + shown(scalar.text()), "write a list: [a, b]");
        }
        return text(key, option, node, expected, values);
    }

    private boolean text(ConfigKey key, OptionSpec option, YamlNode node, String expected, List<String> values) {
        if (!(node instanceof YamlNode.Scalar scalar) || isNull(node) || isFlag(scalar)) {
            return expected(key, node, expected);
        }
        try {
            ValueRule.require(option, scalar.text());
        } catch (CommandFailure e) {
            return wrong(node.position(), key.text() + ": " + e.getMessage(), e.hint());
        }
        values.add(scalar.text());
        return true;
    }

    private static boolean isNull(YamlNode node) {
        return node instanceof YamlNode.Scalar scalar && scalar.plain() && NULL.contains(scalar.text());
    }

    private static boolean isFlag(YamlNode.Scalar scalar) {
        return scalar.plain() && (TRUE.contains(scalar.text()) || FALSE.contains(scalar.text()));
    }

    private boolean expected(ConfigKey key, YamlNode node, String expected) {
        String found = "a list";
        if (isNull(node)) {
            found = "nothing";
        } else if (node instanceof YamlNode.Mapping) {
            found = "keys";
        } else if (node instanceof YamlNode.Scalar scalar) {
            found = shown(scalar.text());
        }
        boolean quotable = node instanceof YamlNode.Scalar scalar && isFlag(scalar);
        return wrong(
                node.position(),
                key.text() + ": expected " + expected + ", found " + found,
                "write " + expected + (quotable ? ", between quotes" : "") + ", or take the key out");
    }

    private static String shown(String text) {
        return "'" + (text.length() > MOST_SHOWN ? text.substring(0, MOST_SHOWN) + "..." : text) + "'";
    }

    private boolean wrong(Position position, String what, String howToMend) {
        findings.add(new ConfigFinding(file, Optional.of(position), what, howToMend));
        return false;
    }
}
