/** A program to begin with: what it is for, and an event to see it work on. */
export type Template = { id: string; name: string; says: string; program: string; example: Record<string, unknown> }

export const templates = [
  {
    id: 'redact',
    name: 'Redact personal data',
    says: 'Mail addresses, card numbers, bearer tokens and passwords leave the message; addresses lose their last part.',
    program: `# Whatever looks like a secret is replaced, wherever in the event it stands.
. = map_values(., recursive: true) -> |value| {
  if is_string(value) {
    redact(string!(value), filters: [
      r'[\\w.+-]+@[\\w-]+\\.[\\w.-]+',
      r'\\b(?:\\d[ -]?){13,16}\\b',
      r'(?i)bearer [\\w.~+/-]+=*',
    ])
  } else {
    value
  }
}
del(.password)
del(.authorization)

# The network is enough to tell visitors apart.
if is_ipv4(to_string(.ip) ?? "") {
  .ip = ip_subnet(string!(.ip), "/24") ?? .ip
}
`,
    example: {
      message: 'ada@example.com paid with 4111 1111 1111 1111, Authorization: Bearer eyJhbGciOi.abc',
      ip: '203.0.113.47',
      password: 'hunter2',
    },
  },
  {
    id: 'json',
    name: 'Parse JSON in the message',
    says: 'A message that is an object becomes fields; any other stays as it is.',
    program: `parsed, err = parse_json(.message)
if err == null && is_object(parsed) {
  del(.message)
  . = merge!(., parsed)
}
`,
    example: { message: '{"level":"warn","msg":"slow query","ms":1840}', host: 'db-1' },
  },
  {
    id: 'nginx',
    name: 'nginx access log',
    says: 'The combined format becomes client, method, path, status and size; the level follows the status.',
    program: `line, err = parse_nginx_log(.message, format: "combined")
if err == null {
  . = merge(., line)
  request = split(to_string(.request), " ", limit: 3)
  .method = request[0]
  .path = request[1]
  status = to_int(.status)
  .level = if status >= 500 { "error" } else if status >= 400 { "warn" } else { "info" }
  .service = "nginx"
}
`,
    example: {
      message: '203.0.113.9 - ada [05/May/2026:12:00:00 +0000] "GET /cart?id=7 HTTP/1.1" 502 157 "-" "Mozilla/5.0 (X11; Linux x86_64)"',
    },
  },
  {
    id: 'kubernetes',
    name: 'Kubernetes metadata',
    says: 'Pod, namespace, container and node become short names; the rest of the labels goes.',
    program: `if exists(.kubernetes) {
  .pod = .kubernetes.pod_name || .kubernetes.pod.name
  .namespace = .kubernetes.namespace_name || .kubernetes.pod_namespace || .kubernetes.namespace
  .container = .kubernetes.container_name || .kubernetes.container.name
  .node = .kubernetes.host || .kubernetes.node_name
  .service = .kubernetes.labels.app || .kubernetes.pod_labels.app || .kubernetes.labels."app.kubernetes.io/name" || .container
  del(.kubernetes)
  . = compact(., string: false, object: false, array: false)
}
`,
    example: {
      message: 'listening on :8080',
      kubernetes: {
        pod_name: 'checkout-7d9f-x2k8',
        namespace_name: 'shop',
        container_name: 'app',
        host: 'node-3',
        labels: { app: 'checkout', 'pod-template-hash': '7d9f' },
      },
    },
  },
  {
    id: 'drop-debug',
    name: 'Drop debug records',
    says: 'What is only of use while developing is not stored.',
    program: `level = downcase(to_string(.level) ?? "")
if level == "debug" || level == "trace" {
  abort
}
`,
    example: { level: 'DEBUG', message: 'cache miss for cart 7' },
  },
  {
    id: 'sample',
    name: 'Keep a tenth',
    says: 'Errors and warnings all stay; of the rest one in ten, and it says so.',
    program: `level = downcase(to_string(.level) ?? "")
if !includes(["error", "err", "fatal", "critical", "warn", "warning"], level) {
  if random_float(0.0, 1.0) >= 0.1 {
    abort
  }
  .sample_rate = 10
}
`,
    example: { level: 'info', message: 'GET /health 200' },
  },
] as const satisfies readonly Template[]
