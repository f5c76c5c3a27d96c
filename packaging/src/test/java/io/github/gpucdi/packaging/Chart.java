package io.github.gpucdi.packaging;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import java.nio.file.Path;
import java.util.Map;

/** The Helm chart, rendered by Helm itself. */
final class Chart {
    static final Path EXAMPLES = Path.of("../examples/kubernetes");
    static final Helm HELM = new Helm(EXAMPLES.resolve("chart"));
    /** The library takes itself for one of an old cluster. */
    private static final String KUBERNETES = "v1.34.0";

    private Chart() {}

    /** Its manifests; {@link IllegalStateException} with Helm's words if there are none. */
    static String rendered(Map<String, ?> values) {
        TemplateCommand command = template("gpu-cdi");
        values.forEach(command::set);
        return command.call();
    }

    /** Those of a release with a file of values. */
    static String rendered(String release, Path values) {
        return template(release).withValuesFile(values).call();
    }

    private static TemplateCommand template(String release) {
        return HELM.template().withName(release).withKubeVersion(KUBERNETES);
    }
}
