package io.github.gpucdi.cdi.spec;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.cdi.spec.CdiException.Code;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class CdiExceptionTest {
    @Test
    void theMessageSaysWhere() {
        CdiException failure = new CdiException(Code.CONFIG_INVALID, "/process/env", "must be a list");
        assertThat(failure).hasMessage("/process/env: must be a list");
        assertThat(failure.where()).isEqualTo("/process/env");
        assertThat(failure.what()).isEqualTo("must be a list");
        IOException cause = new IOException();
        assertThat(new CdiException(Code.UNWRITABLE, "/etc/cdi/a.yaml", "permission denied", cause))
                .hasMessage("/etc/cdi/a.yaml: permission denied")
                .hasCause(cause);
    }

    @Test
    void theWholeHasNoPlace() {
        assertThat(new CdiException(Code.CONFIG_INVALID, "", "nested too deep")).hasMessage("nested too deep");
    }
}
