package io.github.gpucdi.host.json;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbered stand-ins for UUIDs and serial numbers: one for each distinct original, in the order they are met. */
final class Pseudonyms implements Redaction {
    private static final String BARE_UUID = "[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}";
    private static final Pattern QUOTED_UUID = Pattern.compile("(?<![0-9A-Fa-f])" + BARE_UUID + "(?![0-9A-Fa-f])");
    /** GPU, MIG device, and the MIG device of a driver before 470 with its two instance numbers. */
    private static final Pattern DEVICE_UUID =
            Pattern.compile("((?:MIG-)?(?:GPU-)?)(" + BARE_UUID + ")((?:/[0-9]{1,9}){2})?");

    private static final String UUID_HEAD = "00000000-0000-0000-0000-";
    private static final int UUID_TAIL_DIGITS = 12;
    /** Shorter serial numbers would be found in version numbers and the like. */
    private static final int MIN_QUOTED_SERIAL = 6;

    private final Map<String, String> uuids = new LinkedHashMap<>();
    private final Map<String, String> serials = new LinkedHashMap<>();

    /** Gives each its number in the order of the devices, before a message that stands first quotes one. */
    Redaction learning() {
        return new Redaction() {
            @Override
            public String uuid(String text, String prefix) {
                return Pseudonyms.this.uuid(text, prefix);
            }

            @Override
            public String serial(String serial) {
                return Pseudonyms.this.serial(serial);
            }

            @Override
            public String in(String text) {
                return text;
            }
        };
    }

    /**
     * The stand-in for a device's UUID: prefix and legacy {@code /<gi>/<ci>} stay. A text of another form counts as a
     * UUID as a whole.
     *
     * @param prefix for a text of another form
     */
    @Override
    public String uuid(String text, String prefix) {
        if (text.isEmpty()) {
            return text;
        }
        Matcher form = DEVICE_UUID.matcher(text);
        if (!form.matches()) {
            return prefix + numbered(text);
        }
        String instances = form.group(3) == null ? "" : form.group(3);
        return form.group(1) + numbered(form.group(2)) + instances;
    }

    /** The stand-in for a board's serial number. */
    @Override
    public String serial(String serial) {
        if (serial.isEmpty()) {
            return serial;
        }
        String known = serials.get(serial);
        if (known != null) {
            return known;
        }
        String unseen = "serial-" + (serials.size() + 1);
        serials.put(serial, unseen);
        return unseen;
    }

    /** The text with each UUID in it replaced, and each serial number met so far. */
    @Override
    public String in(String text) {
        String replaced = QUOTED_UUID.matcher(text).replaceAll(found -> numbered(found.group()));
        List<String> longestFirst = new ArrayList<>(serials.keySet());
        longestFirst.sort(Comparator.comparingInt(String::length).reversed());
        for (String serial : longestFirst) {
            if (serial.length() >= MIN_QUOTED_SERIAL) {
                replaced = replaced.replace(serial, serials.get(serial));
            }
        }
        return replaced;
    }

    private String numbered(String uuid) {
        String key = uuid.toLowerCase(Locale.ROOT);
        String known = uuids.get(key);
        if (known != null) {
            return known;
        }
        String number = Integer.toString(uuids.size() + 1);
        String unseen = UUID_HEAD + "0".repeat(UUID_TAIL_DIGITS - number.length()) + number;
        uuids.put(key, unseen);
        return unseen;
    }
}
