// The configuration's file, and what this machine adds to it.
import { basename, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { checkOptions } from "../../relay/check-options.ts";
import type { RelayOptions } from "../../relay/index.ts";
import { HostTrouble } from "../../relay/node/trouble.ts";

export type Env = Readonly<Record<string, unknown>>;

/** The argument that a Worker gives to `createRelay`. */
export type Configuration = RelayOptions | ((env: Env) => RelayOptions);

const misconfigured = (message: string): HostTrouble => new HostTrouble("misconfigured", message);

/**
 * @param file a module whose default export is a `Configuration`
 * @throws {HostTrouble} `misconfigured`
 */
export const loadConfiguration = async (file: string): Promise<Configuration> => {
  const path = resolve(file);
  let module: { default?: unknown };
  try {
    module = await import(pathToFileURL(path).href);
  } catch (error) {
    throw misconfigured(whyNot(path, error as NodeJS.ErrnoException));
  }
  const { default: configuration } = module;
  if (typeof configuration === "function" || (typeof configuration === "object" && configuration !== null)) {
    return configuration as Configuration;
  }
  throw misconfigured(`${file} has no default export: it must be what a Worker gives createRelay.`);
};

const whyNot = (path: string, error: NodeJS.ErrnoException): string => {
  const name = basename(path);
  if (error.code === "ERR_MODULE_NOT_FOUND" && error.message.includes(path)) {
    return `There is no ${path}: \`botsplash relay --init\` writes one to begin with.`;
  }
  const isModuleInCommonJs = error instanceof SyntaxError && /export|import statement/.test(error.message);
  return isModuleInCommonJs && name.endsWith(".js")
    ? `${name} is an ES module, and the package.json beside it says "commonjs": name the file ${name.replace(/js$/, "mjs")}.`
    : `${name} cannot be loaded: ${error.message}`;
};

/**
 * @returns The options.
 * @throws {HostTrouble} `misconfigured`; what the function threw may quote a secret, so only its place is told.
 */
export const optionsOf = (configuration: Configuration, env: Env): RelayOptions => {
  if (typeof configuration !== "function") return configuration;
  try {
    return configuration(env);
  } catch (error) {
    if (error instanceof HostTrouble) throw error;
    const { name, stack = "" } = error instanceof Error ? error : new Error();
    const [, place] = /\(?((?:file:\/\/)?\/[^\s()]+:\d+):\d+\)?/.exec(stack) ?? [];
    throw misconfigured(`The configuration's function threw a ${name}${place ? ` at ${place}` : ""}.`);
  }
};

const DUMMY = { idFromName: () => ({}), get: () => ({ fetch: async () => new Response() }) };

/** @throws {HostTrouble} `misconfigured`: what is missing or wrong, all of it, in words without values. */
export const requireGood = (options: RelayOptions, secretProblems: readonly string[]): void => {
  const problems = [...secretProblems, ...checkOptions({ outbox: DUMMY, rateLimit: false, ...options })];
  if (problems.length > 0) throw misconfigured(`The configuration is not valid: ${problems.join("; ")}.`);
};
