package io.github.gpucdi.host.json;

/** What is written in place of what tells one machine from another of its make. */
interface Redaction {
    /** Everything as it is. */
    Redaction NONE = new Redaction() {
        @Override
        public String uuid(String text, String prefix) {
            return text;
        }

        @Override
        public String serial(String serial) {
            return serial;
        }

        @Override
        public String in(String text) {
            return text;
        }
    };

    /**
     * A device's UUID.
     *
     * @param prefix what a UUID of its kind begins with
     */
    String uuid(String text, String prefix);

    /** A board's serial number. */
    String serial(String serial);

    /** A text that may quote either. */
    String in(String text);
}
