package io.github.gpucdi.probe;

/** A call of a library besides NVML failed, or its answer makes no sense; the message is one line for the user. */
final class CallFailed extends Exception {
    private static final long serialVersionUID = 1L;

    CallFailed(String what) {
        super(what);
    }

    String what() {
        return String.valueOf(getMessage());
    }
}
