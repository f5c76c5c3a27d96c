package io.github.gpucdi.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of examples/ansible, without a host. */
class AnsibleLintIT {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ansible-playbook --inventory=inventory.yml --syntax-check gpu-nodes.yml",
                "ansible-lint --offline --nocolor -p"
            })
    void theyAreWhatAnsibleWants(String line) throws Exception {
        String program = line.substring(0, line.indexOf(' '));
        assumeTrue(CleanRoot.has(program), program + " is not there");

        Packaged.Result done =
                Packaged.execute(List.of("sh", "-c", "cd \"$0\" && " + line, Ansible.EXAMPLE.toString()));

        assertThat(done.status()).as(done.toString()).isZero();
    }

    @Test
    void everyVariableIsTold() throws Exception {
        Path role = Ansible.EXAMPLE.resolve("roles/gpu_cdi");
        List<String> variables = Files.readAllLines(role.resolve("defaults/main.yml")).stream()
                .filter(line -> line.startsWith("gpu_cdi_"))
                .map(line -> line.substring(0, line.indexOf(':')))
                .toList();
        assertThat(variables).isNotEmpty();
        for (String variable : variables) {
            assertThat(Ansible.EXAMPLE.resolve("README.md")).content().contains("\n| `" + variable + "` |");
            assertThat(role.resolve("meta/argument_specs.yml")).content().contains("\n      " + variable + ":\n");
        }
    }
}
