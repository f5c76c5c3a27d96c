package io.github.gpucdi.host;

/**
 * How a service ended, in systemd's words for {@code ExecStopPost=}: systemd.exec(5).
 *
 * @param result {@code $SERVICE_RESULT}, such as {@code success} or {@code exit-code}
 * @param code {@code $EXIT_CODE}: {@code exited}, {@code killed} or {@code dumped}; empty if no process had started
 * @param status {@code $EXIT_STATUS}: an exit status, or a signal's name such as {@code KILL}; empty likewise
 */
public record UnitRun(String result, String code, String status) {
    /** Whether systemd counts it as done well. */
    public boolean isSuccess() {
        return result.equals("success");
    }
}
