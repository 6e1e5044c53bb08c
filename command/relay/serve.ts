// Runs the relay until it is asked to end.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Botsplash } from "botsplash";
import { createRelay } from "../../relay/index.ts";
import { checkFolder } from "../../relay/node/check-folder.ts";
import { startHost } from "../../relay/node/host.ts";
import { createLog, type Log } from "../../relay/node/log.ts";
import { createRateLimiter } from "../../relay/node/rate-limit.ts";
import { readSecrets } from "../../relay/node/secrets.ts";
import { createTransport } from "../../relay/node/transport.ts";
import { requirePurpose } from "../../relay/node/trial.ts";
import { HostTrouble } from "../../relay/node/trouble.ts";
import type { RelayOptions } from "../../relay/options.ts";
import { print } from "../terminal.ts";
import { type Configuration, type Env, loadConfiguration, optionsOf, requireGood } from "./config.ts";
import { readListen, readTrustProxy } from "./listen.ts";
import { type SandboxMode, startSandbox } from "./sandbox.ts";
import { explained } from "./trouble.ts";
import { untouchedIn } from "./untouched.ts";

export interface ServeOptions {
  readonly config: string | undefined;
  readonly data: string | undefined;
  readonly listen: string;
  readonly trustProxy: readonly string[];
  readonly isCheck: boolean;
  readonly isSandbox: boolean;
}

/** So many posts of one address to one listener. */
const RATE = { limit: 10, periodMs: 60_000 };

/** For look-up, connection and TLS: less than a request may take, so that it is known which of them failed. */
const CONNECT_MS = 10_000;
const REQUEST_MS = 30_000;

export const serve = (given: ServeOptions): Promise<number> => explained(() => run(given));

const run = async ({ config, data, listen, trustProxy, isCheck, isSandbox }: ServeOptions): Promise<number> => {
  const address = readListen(listen);
  const trusts = readTrustProxy(trustProxy);
  const log = createLog(print);
  const sandbox = isSandbox ? await startSandbox(address) : undefined;
  try {
    const configuration = await configurationOf(config, sandbox, log);
    const bindings = { RATE_LIMIT: createRateLimiter(RATE.limit, RATE.periodMs) };
    const secrets = readSecrets(bindings, process.env, sandbox?.secretOf);
    const options = optionsOf(configuration, secrets.env);
    requireGood(options, secrets.problems);
    await new Botsplash(clientOptions(options)).ready().catch((error: Error) => {
      throw new HostTrouble("misconfigured", error.message);
    });
    if (isCheck) return await check(options, data, isSandbox);

    const transport = createTransport({
      connectTimeoutMs: Math.min(CONNECT_MS, (options.timeoutMs ?? REQUEST_MS) * 0.8),
      onNeverSent: once((code) => log("warning", "api_not_reached", { code })),
    });
    const folder = data ?? mkdtempSync(join(tmpdir(), "botsplash-leads-"));
    // Heard from here on, so that a signal while it starts ends it in order, too.
    const signaled = asked();
    const host = await startHost({
      worker: createRelay(configuration),
      envOf: (OUTBOX) =>
        readSecrets({ ...bindings, OUTBOX, FETCH: transport.fetch }, process.env, sandbox?.secretOf).env,
      folder,
      listen: address,
      trusts,
      log,
      isTrial: isSandbox,
      ...(sandbox && { before: (request: Request) => sandbox.page(request, options) }),
    });
    log("info", "listening", { url: host.url, engine: "node", node: process.versions.node });
    sandbox?.greet(host.url);
    const signal = await signaled;
    log("info", "ending", { signal });
    await host.close();
    transport.close();
    if (data === undefined) rmSync(folder, { recursive: true, force: true });
    log("info", "ended");
    return 0;
  } finally {
    await sandbox?.close();
  }
};

/** The owner's configuration, with what this machine has to say. */
const configurationOf = async (
  config: string | undefined,
  sandbox: SandboxMode | undefined,
  log: Log,
): Promise<Configuration> => {
  const own = config === undefined ? undefined : await loadConfiguration(config);
  const configuration = own ?? sandbox?.configuration ?? {};
  return (env: Env): RelayOptions => {
    const options = optionsOf(configuration as Configuration, env);
    const { onAlert } = options;
    return {
      ...options,
      ...sandbox?.override(options),
      onAlert: (alert) => {
        log("warning", "alert", { ...alert });
        return onAlert?.(alert);
      },
    };
  };
};

const clientOptions = ({ appId, auth, baseUrl, routes, timeoutMs }: RelayOptions) => ({
  appId,
  auth,
  ...(baseUrl !== undefined && { baseUrl }),
  ...(routes !== undefined && { routes }),
  ...(timeoutMs !== undefined && { timeoutMs }),
});

/** @throws {HostTrouble} `misconfigured` where it cannot work for anybody as it is */
const checkTouched = async (options: RelayOptions): Promise<void> => {
  const { wrong, suspect } = await untouchedIn(options);
  const all = [...wrong, ...suspect].join(", ");
  if (wrong.length > 0) {
    throw new HostTrouble(
      "misconfigured",
      `The configuration still holds what --init wrote in ${all}. Change what is marked CHANGE.`,
    );
  }
  if (suspect.length > 0) print(`Still as --init wrote it, if you mean it so: ${all}.`);
};

const check = async (options: RelayOptions, data: string | undefined, isSandbox: boolean): Promise<number> => {
  if (data !== undefined) requirePurpose(data, isSandbox);
  if (!isSandbox) await checkTouched(options);
  print("The configuration and its secrets are valid.");
  if (data === undefined) return 0;
  const { isRunning, outboxes } = checkFolder(data);
  print(isRunning ? `A relay runs on ${data}.` : `No relay runs on ${data}.`);
  for (const { listener, trouble } of outboxes) print(`${listener}: ${trouble?.message ?? "its database is whole."}`);
  const [first] = outboxes.flatMap(({ trouble }) => trouble ?? []);
  if (first) throw first;
  return 0;
};

/** The same news once a minute is enough. */
const once = (tell: (code: string) => void): ((code: string) => void) => {
  const told = new Map<string, number>();
  return (code) => {
    const now = performance.now();
    if (now - (told.get(code) ?? -Infinity) < 60_000) return;
    told.set(code, now);
    tell(code);
  };
};

/** A second signal ends it at once. */
const asked = (): Promise<string> =>
  new Promise((resolve) => {
    let isEnding = false;
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      process.on(signal, () => {
        if (isEnding) process.exit(1);
        isEnding = true;
        resolve(signal);
      });
    }
  });
