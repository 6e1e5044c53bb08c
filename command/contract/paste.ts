// What a user pastes into a program so that its client speaks the routes of the description.
import { OUR_BASE_URL, type Report } from "./report.ts";

type Pasted = Pick<Report, "routes" | "baseUrl">;

/** The options, as the npm package takes them. */
export function javaScript({ routes, baseUrl }: Pasted): string {
  const lines = Object.entries(routes).map(([name, route]) => `    ${name}: ${JSON.stringify(route)},`);
  return [
    "new Botsplash({",
    "  // ...",
    ...(baseUrl === undefined ? [] : [`  baseUrl: ${JSON.stringify(baseUrl)},`]),
    "  routes: {",
    ...lines,
    "  },",
    "});",
  ].join("\n");
}

/** The configuration, as the crate takes it. */
export function rust({ routes, baseUrl }: Pasted): string {
  const base = baseUrl === undefined || baseUrl === OUR_BASE_URL ? "BASE_URL" : JSON.stringify(baseUrl);
  const lines = Object.entries(routes).map(
    ([name, route]) => `    .route(&${name.charAt(0).toUpperCase()}${name.slice(1)}::ROUTE, ${JSON.stringify(route)})?`,
  );
  return [`let config = Config::new(${base}, app_id)?`, ...lines].join("\n").concat(";");
}

/** The option `routes` alone. */
export function json({ routes }: Pasted): string {
  return JSON.stringify(routes, null, 2);
}
