{{- define "gpu-cdi.selector" -}}
app.kubernetes.io/name: gpu-cdi
app.kubernetes.io/instance: {{ .Release.Name | quote }}
{{- end }}

{{/* The labels of an object, and more that a value asks for, none of which replaces one of these. */}}
{{- define "gpu-cdi.labels" -}}
{{- $own := include "gpu-cdi.selector" .chart | fromYaml }}
{{- $_ := set $own "app.kubernetes.io/version" .chart.Chart.AppVersion }}
{{- merge $own (.more | default dict) | toYaml }}
{{- end }}

{{/* The annotations of a Pod: what the values ask for replaces the chart's own. */}}
{{- define "gpu-cdi.annotations" -}}
{{- $own := dict }}
{{- if not .Values.podMonitor.enabled }}
{{- $own = dict "prometheus.io/scrape" "true" "prometheus.io/path" "/metrics" "prometheus.io/port" (toString .Values.port) }}
{{- end }}
{{- with merge dict (.Values.podAnnotations | default dict) $own }}
{{- toYaml . }}
{{- end }}
{{- end }}

{{/* A path of the node, as the kubelet sees it. */}}
{{- define "gpu-cdi.onHost" -}}
{{ trimSuffix "/" .root }}{{ .path }}
{{- end }}
