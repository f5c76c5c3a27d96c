{{- define "gpu-cdi.selector" -}}
app.kubernetes.io/name: gpu-cdi
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "gpu-cdi.labels" -}}
{{ include "gpu-cdi.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
{{- end }}

{{/* A path of the node, as the kubelet sees it. */}}
{{- define "gpu-cdi.onHost" -}}
{{ trimSuffix "/" .root }}{{ .path }}
{{- end }}
