// Whose account a command speaks for: from options, the environment, and files; credentials never from arguments.
import { readFile } from "node:fs/promises";
import type { Auth, ClientOptions } from "botsplash";
import { isObject, own, stringOf } from "./contract/json.ts";
import { Failure } from "./failure.ts";

/** The options that every command for an account takes, as parseArgs has them. */
export const accountOptions = {
  "app-id": { type: "string" },
  "base-url": { type: "string" },
  credentials: { type: "string" },
  routes: { type: "string" },
  contract: { type: "string" },
  "timeout-ms": { type: "string" },
} as const;

/** Their part of `--help`. */
export const accountHelp = `  --app-id <id>         the account's App Name or ID (default: $BOTSPLASH_APP_ID)
  --base-url <url>      the API, or a relay for it (default: $BOTSPLASH_BASE_URL, else the API)
  --credentials <file>  { "username", "password" } or { "apiKey" } as JSON
  --routes <file>       the option \`routes\` as JSON, as botsplash contract --write makes it
  --contract <file>     the API's OpenAPI description: its routes, its host and its fields count
  --timeout-ms <number> for each attempt (default: 30000)

Credentials come from that file, else from the environment: BOTSPLASH_USERNAME and
BOTSPLASH_PASSWORD, or BOTSPLASH_API_KEY; with _FILE after its name, a variable names a file that
holds the value.`;

/** Options that would put a secret where every user of the machine sees it. */
export const secretOptions: readonly string[] = ["username", "user", "password", "api-key", "apikey", "auth", "token"];

export interface AccountValues {
  readonly "app-id"?: string | undefined;
  readonly "base-url"?: string | undefined;
  readonly credentials?: string | undefined;
  readonly routes?: string | undefined;
  readonly contract?: string | undefined;
  readonly "timeout-ms"?: string | undefined;
}

export type Account = Pick<ClientOptions, "appId" | "auth" | "baseUrl" | "routes" | "extraFields" | "timeoutMs">;

/**
 * @param status The exit status of a {@link Failure}.
 * @throws {Failure} If something is missing or cannot be read.
 */
export async function readAccount(values: AccountValues, status: number): Promise<Account> {
  const fail = (message: string): never => {
    throw new Failure(message, { status });
  };
  const { env } = process;
  const appId = values["app-id"] ?? env.BOTSPLASH_APP_ID ?? "";
  if (appId === "") fail("The account is missing: give --app-id, or set BOTSPLASH_APP_ID.");
  const baseUrl = values["base-url"] ?? env.BOTSPLASH_BASE_URL;
  const auth =
    values.credentials === undefined
      ? await authOfEnvironment(fail)
      : authOf(await readJson(values.credentials, "credentials", fail), fail);
  const timeoutMs = values["timeout-ms"];
  if (timeoutMs !== undefined && !/^\d+$/.test(timeoutMs)) fail("--timeout-ms must be a number of milliseconds.");
  const contract = values.contract === undefined ? {} : await spokenBy(values.contract, status);
  const routes = values.routes === undefined ? {} : routesOf(await readJson(values.routes, "routes", fail), fail);
  return {
    appId,
    ...(auth !== undefined && { auth }),
    ...contract,
    ...(baseUrl !== undefined && baseUrl !== "" && { baseUrl }),
    routes: { ...contract.routes, ...routes },
    ...(timeoutMs !== undefined && { timeoutMs: Number(timeoutMs) }),
  };
}

/** The settings with which a client speaks as a description does. */
async function spokenBy(
  file: string,
  status: number,
): Promise<Pick<ClientOptions, "routes" | "extraFields" | "baseUrl">> {
  const { readReport } = await import("./contract/source.ts");
  const { routes, extraFields, baseUrl } = await readReport(file).catch((error) => {
    throw error instanceof Failure ? new Failure(`--contract: ${error.message}`, { status }) : error;
  });
  return { routes, extraFields, ...(baseUrl !== undefined && { baseUrl }) };
}

type Fail = (message: string) => never;

async function authOfEnvironment(fail: Fail): Promise<Auth | undefined> {
  const [username, password, apiKey] = await Promise.all(
    ["BOTSPLASH_USERNAME", "BOTSPLASH_PASSWORD", "BOTSPLASH_API_KEY"].map((name) => variable(name, fail)),
  );
  const basic = username !== undefined || password !== undefined;
  if (basic && apiKey !== undefined) {
    return fail(
      "BOTSPLASH_API_KEY is set, and so are BOTSPLASH_USERNAME or BOTSPLASH_PASSWORD: unset one or the other.",
    );
  }
  if (apiKey !== undefined) return { apiKey };
  if (username !== undefined && password !== undefined) return { username, password };
  if (basic)
    fail(`BOTSPLASH_${username === undefined ? "USERNAME" : "PASSWORD"} is not set, although the other one is.`);
  return undefined;
}

/** A variable's value, or what stands in the file that `NAME_FILE` names, but for the end of its line. */
async function variable(name: string, fail: Fail): Promise<string | undefined> {
  const value = process.env[name];
  if (value !== undefined && value !== "") return value;
  const file = process.env[`${name}_FILE`];
  if (file === undefined || file === "") return undefined;
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) =>
    fail(`The file that ${name}_FILE names cannot be read (${error.code}).`),
  );
  return text.replace(/\r?\n$/, "");
}

async function readJson(file: string, option: string, fail: Fail): Promise<unknown> {
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) =>
    fail(`The file of --${option} cannot be read (${error.code}).`),
  );
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    // The engine's own message quotes the text.
    return fail(`The file of --${option} is not valid JSON.`);
  }
}

function authOf(value: unknown, fail: Fail): Auth {
  if (isObject(value)) {
    const [username, password, apiKey] = ["username", "password", "apiKey"].map((name) => stringOf(own(value, name)));
    const place = own(value, "in");
    if (apiKey !== undefined && username === undefined && password === undefined) {
      return { apiKey, ...((place === "body" || place === "query") && { in: place }) };
    }
    if (username !== undefined && password !== undefined && apiKey === undefined) return { username, password };
  }
  return fail('The file of --credentials must hold { "username", "password" } or { "apiKey" }, as texts.');
}

function routesOf(value: unknown, fail: Fail): NonNullable<ClientOptions["routes"]> {
  if (isObject(value) && Object.values(value).every((route) => typeof route === "string")) return value;
  return fail('The file of --routes must hold an object such as { "sendMessage": "POST /{appId}/messages" }.');
}
