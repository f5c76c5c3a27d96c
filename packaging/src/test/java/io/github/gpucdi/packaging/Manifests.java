package io.github.gpucdi.packaging;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.type.LogicalType;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Manifests, read as strictly as the server of Kubernetes reads them: no other field, none twice, no other type. */
final class Manifests {
    private static final YAMLMapper MAPPER = YAMLMapper.builder()
            .annotationIntrospector(new Strict())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .withCoercionConfig(
                    LogicalType.Textual,
                    config -> config.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .build();

    private static final Map<String, Class<?>> KINDS =
            Map.of("DaemonSet", DaemonSet.class, "Pod", Pod.class, "PodMonitor", PodMonitor.class);

    private Manifests() {}

    /** Of Prometheus' operator: those of its fields that are in use here. */
    record PodMonitor(String apiVersion, String kind, ObjectMeta metadata, Spec spec) {
        record Spec(LabelSelector selector, List<Endpoint> podMetricsEndpoints) {}

        record Endpoint(String port, String path, String interval) {}
    }

    /** Without the models' fields for whatever is none of theirs. */
    private static final class Strict extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1L;

        @Override
        public Boolean hasAnySetter(MapperConfig<?> config, Annotated annotated) {
            return false;
        }
    }

    /**
     * The objects of a file.
     *
     * @throws JacksonException with the field that is misspelt or of a wrong type
     */
    static List<Object> read(String text) {
        List<Object> objects = new ArrayList<>();
        for (JsonNode document :
                MAPPER.readerFor(JsonNode.class).<JsonNode>readValues(text).readAll()) {
            Class<?> kind = KINDS.get(document.path("kind").asString());
            ObjectReader reader = MAPPER.readerFor(kind);
            objects.add(reader.readValue(document));
        }
        return objects;
    }

    static String write(Object object) {
        return MAPPER.writeValueAsString(object);
    }
}
