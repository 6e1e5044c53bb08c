import type { OperationName } from "botsplash";
import { type Operation, operations } from "./contract.ts";
import { demoCredentials, type SandboxCredential } from "./credentials.ts";
import { placeholders } from "./route.ts";

/** How a sandbox is set up. */
export interface SandboxOptions {
  /** The only account there is. Otherwise every appId is accepted. */
  appId?: string | undefined;
  /** Who may call, {@link demoCredentials} unless given. `false`: everyone, with or without credentials. */
  credentials?: false | readonly SandboxCredential[] | undefined;
  /** The path before `/{appId}`, `/open/v1` unless given. The origin never matters. */
  basePath?: string | undefined;
  /** Replaces methods and paths, as the client's option of that name does. */
  routes?: { [operation in OperationName]?: string } | undefined;
  /** Lets fields through that the contract does not have: `{ sendMessage: ["visitor.nickname"] }`. */
  extraFields?: { [operation in OperationName]?: readonly string[] } | undefined;
  /** The clock, in milliseconds since 1970: `Date.now` unless given. */
  now?: (() => number) | undefined;
  /** How long every answer takes, counted from the effect. None unless given. */
  latencyMs?: number | undefined;
}

/** The options, read. */
export interface Settings {
  readonly appId: string | undefined;
  readonly credentials: false | readonly SandboxCredential[];
  readonly basePath: string;
  /** Every operation, at its route in this sandbox. */
  readonly operations: readonly Operation[];
  readonly extraFields: NonNullable<SandboxOptions["extraFields"]>;
  readonly now: () => number;
  readonly latencyMs: number;
}

const NAMES = [
  "appId",
  "credentials",
  "basePath",
  "routes",
  "extraFields",
  "now",
  "latencyMs",
] as const satisfies readonly (keyof SandboxOptions)[];

/** @throws {TypeError} For an option that is not known or does not fit. */
export function readOptions(options: SandboxOptions): Settings {
  for (const name of Object.keys(options)) {
    need((NAMES as readonly string[]).includes(name), `"${name}" is not one of ${NAMES.join(", ")}`);
  }
  const {
    appId,
    credentials = demoCredentials,
    basePath = "/open/v1",
    routes = {},
    extraFields = {},
    now = Date.now,
    latencyMs = 0,
  } = options;
  need(
    credentials === false || (Array.isArray(credentials) && credentials.every(isCredential)),
    "credentials is false, or a list of { username, password } and { apiKey }",
  );
  need(/^(\/[^/]+)*\/?$/.test(basePath), 'basePath looks like "/open/v1"');
  need(Number.isFinite(latencyMs) && latencyMs >= 0, "latencyMs is a number of milliseconds");
  checkNames("routes", routes);
  checkNames("extraFields", extraFields);
  for (const [name, paths] of Object.entries(extraFields)) {
    need(
      Array.isArray(paths) && paths.every(isFieldPath),
      `extraFields.${name} is a list of paths such as "visitor.nickname" and "items[].note"`,
    );
  }
  return {
    appId,
    credentials,
    basePath: basePath.replace(/\/$/, ""),
    operations: operations.map((operation) => reroute(operation, routes[operation.name])),
    extraFields,
    now,
    latencyMs,
  };
}

function need(ok: boolean, message: string): void {
  if (!ok) throw new TypeError(`createSandbox(): ${message}`);
}

function checkNames(option: string, byOperation: object): void {
  const names: readonly string[] = operations.map(({ name }) => name);
  for (const name of Object.keys(byOperation)) {
    need(names.includes(name), `${option} has an operation "${name}", which is not one of ${names.join(", ")}`);
  }
}

function reroute(operation: Operation, replacement: string | undefined): Operation {
  if (replacement === undefined) return operation;
  const [, method, path] = /^([A-Z]+) (\/[^\s?#]+)$/.exec(replacement) ?? [];
  if (method === undefined || path === undefined) {
    throw new TypeError(`createSandbox(): routes.${operation.name} looks like "${operation.method} ${operation.path}"`);
  }
  need(
    placeholders(path).join() === placeholders(operation.path).join(),
    `routes.${operation.name} has the placeholders of "${operation.path}", once each`,
  );
  return { ...operation, method, path };
}

function isCredential(one: unknown): one is SandboxCredential {
  if (typeof one !== "object" || one === null) return false;
  const { apiKey, username, password } = one as Record<string, unknown>;
  return typeof apiKey === "string" || (typeof username === "string" && typeof password === "string");
}

function isFieldPath(path: unknown): boolean {
  return typeof path === "string" && /^\w+(\[\])?(\.\w+(\[\])?)*$/.test(path);
}
