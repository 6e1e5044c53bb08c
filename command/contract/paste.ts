// The code that a user pastes into a program so that its client speaks the routes of the description.
import { OUR_BASE_URL, type Report } from "./report.ts";

type Pasted = Pick<Report, "routes" | "baseUrl" | "extraFields">;

/** The options, as the npm package takes them. */
export function javaScript({ routes, baseUrl, extraFields }: Pasted): string {
  const extra = Object.entries(extraFields).map(([name, paths]) => `    ${name}: ${JSON.stringify(paths)},`);
  return [
    "new Botsplash({",
    "  // ...",
    ...(baseUrl === undefined ? [] : [`  baseUrl: ${JSON.stringify(baseUrl)},`]),
    "  routes: {",
    ...Object.entries(routes).map(([name, route]) => `    ${name}: ${JSON.stringify(route)},`),
    "  },",
    ...(extra.length === 0 ? [] : ["  extraFields: {", ...extra, "  },"]),
    "});",
  ].join("\n");
}

/** The types of the extra fields, for TypeScript; empty where there are none. */
export function declarations({ operations }: Pick<Report, "operations">): string {
  const interfaces = new Map<string, Map<string, string>>();
  for (const { path, type, valueType } of operations.flatMap(({ extraFields }) => extraFields)) {
    if (type === undefined) continue;
    const fields = interfaces.get(type) ?? new Map<string, string>();
    interfaces.set(type, fields.set(path.slice(path.lastIndexOf(".") + 1), valueType));
  }
  if (interfaces.size === 0) return "";
  const lines = [...interfaces].flatMap(([type, fields]) => [
    `  interface ${type} {`,
    ...[...fields].map(([name, valueType]) => `    ${name}?: ${valueType};`),
    "  }",
  ]);
  return ['declare module "botsplash" {', ...lines, "}"].join("\n");
}

/** The configuration, as the crate takes it, and its calls with the fields that it does not know. */
export function rust({ routes, baseUrl, extraFields }: Pasted): string {
  const base = baseUrl === undefined || baseUrl === OUR_BASE_URL ? "BASE_URL" : JSON.stringify(baseUrl);
  const lines = Object.entries(routes).map(
    ([name, route]) => `    .route(&${rustType(name)}::ENDPOINT, ${JSON.stringify(route)})?`,
  );
  const config = [`let config = Config::new(${base}, app_id)?`, ...lines].join("\n").concat(";");
  const extra = Object.entries(extraFields).map(([name, paths]) =>
    [
      `// Each ${rustType(name)}, with what it has of these:`,
      "let call = call",
      ...paths.map((path) => `    .extra_field(${JSON.stringify(path)}, ${rustVariable(path)})`),
    ].join("\n"),
  );
  return [config, ...extra.map((call) => `${call};`)].join("\n");
}

function rustType(operation: string): string {
  return `${operation.charAt(0).toUpperCase()}${operation.slice(1)}`;
}

/** The value of a field, by the field's name; Rust's own words get an underscore. */
function rustVariable(path: string): string {
  const name = path.slice(path.lastIndexOf(".") + 1).replace(/\W/g, "");
  const snake = name.replace(/([a-z0-9])([A-Z])/g, "$1_$2").toLowerCase();
  if (!/^[a-z]/.test(snake)) return `value_${snake}`;
  return RUST_WORDS.has(snake) ? `${snake}_` : snake;
}

const RUST_WORDS = new Set(
  (
    "abstract as async await become box break const continue crate do dyn else enum extern false final fn for gen if impl " +
    "in let loop macro match mod move mut override priv pub ref return self static struct super trait true try type " +
    "typeof unsafe unsized use virtual where while yield"
  ).split(" "),
);

/** The option `routes` alone. */
export function json({ routes }: Pasted): string {
  return JSON.stringify(routes, null, 2);
}
