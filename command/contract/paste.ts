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

/** The configuration, as the crate takes it. */
export function rust({ routes, baseUrl }: Pasted): string {
  const base = baseUrl === undefined || baseUrl === OUR_BASE_URL ? "BASE_URL" : JSON.stringify(baseUrl);
  const lines = Object.entries(routes).map(([name, route]) => {
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
    return `    .route(&${type}::ENDPOINT, ${JSON.stringify(route)})?`;
  });
  return [`let config = Config::new(${base}, app_id)?`, ...lines].join("\n").concat(";");
}

/** The option `routes` alone. */
export function json({ routes }: Pasted): string {
  return JSON.stringify(routes, null, 2);
}
