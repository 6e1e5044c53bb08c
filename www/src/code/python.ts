import type { PreparedCall } from "../contract/prepared-call.ts";
import { type Place, START_SANDBOX } from "./place.ts";
import { requestLine } from "./url.ts";

/** A value as Python writes it. */
const literal = (value: unknown, indent = ""): string => {
  const inner = `${indent}    `;
  if (value === null || value === undefined) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  // JSON's strings and numbers are Python's.
  if (typeof value !== "object") return JSON.stringify(value);
  const isList = Array.isArray(value);
  const parts = isList
    ? value.map((item) => literal(item, inner))
    : Object.entries(value)
        .filter(([, item]) => item !== undefined)
        .map(([name, item]) => `${JSON.stringify(name)}: ${literal(item, inner)}`);
  const [open, close] = isList ? ["[", "]"] : ["{", "}"];
  if (parts.length === 0) return open + close;
  return `${open}\n${parts.map((part) => `${inner}${part},\n`).join("")}${indent}${close}`;
};

const authorization = [
  "secret = f\"{os.environ['BOTSPLASH_USERNAME']}:{os.environ['BOTSPLASH_PASSWORD']}\"",
  'headers["Authorization"] = "Basic " + base64.b64encode(secret.encode()).decode()',
];

/** A file as multipart/form-data, which the standard library does not write. */
const upload = (name: string, type: string) => [
  "boundary = uuid.uuid4().hex",
  'headers["Content-Type"] = f"multipart/form-data; boundary={boundary}"',
  `with open(${JSON.stringify(name)}, "rb") as file:`,
  "    data = (",
  `        f"--{boundary}\\r\\nContent-Disposition: form-data; name=\\"file\\"; filename=\\"${name}\\"\\r\\n"`,
  `        "Content-Type: ${type}\\r\\n\\r\\n"`,
  '    ).encode() + file.read() + f"\\r\\n--{boundary}--\\r\\n".encode()',
];

/** The call's one request with Python's standard library, without the client's checks and retries. */
export const python = (call: PreparedCall, place: Place): string => {
  const { method, url } = requestLine(call, place);
  const { operation, body, file } = call;
  const hasAuth = place.target === "api";
  const modules = [
    ...(hasAuth ? ["base64"] : []),
    "json",
    ...(hasAuth ? ["os"] : []),
    "urllib.request",
    ...(operation.file ? ["uuid"] : []),
  ];
  const hasData = Boolean(operation.file || operation.body);
  const lines = [
    ...(place.target === "sandbox" ? [`# First: ${START_SANDBOX}`] : []),
    ...modules.map((name) => `import ${name}`),
    "",
    'headers = {"Accept": "application/json"}',
    ...(hasAuth ? authorization : []),
    ...(operation.file ? upload(file?.name ?? "photo.png", file?.type || "image/png") : []),
    ...(operation.body
      ? ['headers["Content-Type"] = "application/json"', `data = json.dumps(${literal(body)}).encode()`]
      : []),
    "request = urllib.request.Request(",
    `    ${JSON.stringify(url)},`,
    ...(hasData ? ["    data=data,"] : []),
    "    headers=headers,",
    `    method=${JSON.stringify(method)},`,
    ")",
    "with urllib.request.urlopen(request, timeout=30) as response:",
    "    print(json.load(response))",
  ];
  return `${lines.join("\n")}\n`;
};
