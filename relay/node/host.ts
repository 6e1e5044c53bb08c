// Runs what a Worker exports on this machine: HTTP in front, a folder of SQLite files behind.
import { accessSync, constants, mkdirSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { ObjectContext } from "../outbox/host.ts";
import { clientAddress, type TrustProxy } from "./client-address.ts";
import { watchClock } from "./clock.ts";
import type { OutboxObject } from "./hosted-object.ts";
import { lockFolder } from "./lock.ts";
import type { Log } from "./log.ts";
import { createOutboxes, type Outboxes } from "./outboxes.ts";
import { openRegister } from "./register.ts";
import type { Synchronous } from "./storage.ts";
import { claimPurpose } from "./trial.ts";
import { HostTrouble } from "./trouble.ts";
import { sendResponse, toRequest } from "./web.ts";

// biome-ignore lint/suspicious/noExplicitAny: what its bindings are is between the worker and its owner
type Env = any;

/** The result of `createRelay`, as far as a host uses it. */
export interface HostedWorker {
  fetch(request: Request, env: Env, context?: unknown): Promise<Response>;
  scheduled(controller: unknown, env: Env, context?: unknown): Promise<void>;
  Outbox: new (context: ObjectContext, env: Env) => OutboxObject;
}

export interface HostOptions {
  readonly worker: HostedWorker;
  /** Makes the worker's `env` of the outboxes. */
  readonly envOf: (outboxes: Outboxes["namespace"]) => unknown;
  /** Where the leads are kept; it is made where it is missing. */
  readonly folder: string;
  readonly listen: { readonly host: string; readonly port: number };
  readonly trusts: TrustProxy;
  readonly log: Log;
  /** Answers paths of its own before the worker does; undefined leaves it to that. */
  readonly before?: (request: Request) => Promise<Response | undefined> | Response | undefined;
  readonly synchronous?: Synchronous;
  /** The leads go to a sandbox. Such a folder is never used for real ones, nor the other way round. */
  readonly isTrial?: boolean;
}

export interface Host {
  /** Without a slash at its end. */
  readonly url: string;
  /** Runs the worker's `scheduled`, as it does by itself every five minutes. */
  readonly sweep: () => Promise<void>;
  /** Takes nothing more and sends nothing more, waits for what is in flight, and gives the folder back. */
  readonly close: () => Promise<void>;
}

const HEALTH = "/healthz";
const SWEEP_MS = 5 * 60_000;
const HEADERS_MS = 10_000;
const REQUEST_MS = 60_000;

/** @throws {HostTrouble} Why it cannot start. */
export const startHost = async (options: HostOptions): Promise<Host> => {
  const { worker, envOf, folder, listen, trusts, log, before, synchronous, isTrial = false } = options;
  const unlock = claimFolder(folder, isTrial);
  const outboxes = createOutboxes({
    folder,
    register: openRegister(folder),
    make: (context) => new worker.Outbox(context, env),
    log,
    ...(synchronous && { synchronous }),
  });
  const env = envOf(outboxes.namespace);
  const pending = new Set<Promise<unknown>>();
  let isClosing = false;

  const follow = (promise: Promise<unknown>): void => {
    const settled = promise.catch(() => {}).finally(() => pending.delete(settled));
    pending.add(settled);
  };
  const context = { waitUntil: follow, passThroughOnException() {} };

  const health = (): Response => {
    const problems = outboxes.troubles().map(({ listener, code }) => ({ listener, code }));
    return Response.json(
      { status: problems.length > 0 ? "failing" : "ok", engine: "node", ...(problems.length > 0 && { problems }) },
      { status: problems.length > 0 ? 503 : 200, headers: { "Cache-Control": "no-store" } },
    );
  };

  const answer = async (incoming: IncomingMessage, client: string): Promise<Response> => {
    const request = await toRequest(incoming, client);
    if (!request) return new Response(null, { status: 400 });
    if (incoming.url === HEALTH) return health();
    return (await before?.(request)) ?? worker.fetch(request, env, context);
  };

  const serve = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const forwarded = incoming.headers["x-forwarded-for"];
    const client = clientAddress(incoming.socket.remoteAddress ?? "", forwarded?.toString(), trusts);
    try {
      await sendResponse(await answer(incoming, client), incoming, outgoing, isClosing);
    } catch (error) {
      // The visitor has gone before the end of the post.
      if (incoming.destroyed && !incoming.complete) return;
      log("error", "request_failed", { message: error instanceof Error ? error.name : typeof error });
      outgoing.destroy();
    }
  };

  const server = createServer({
    headersTimeout: HEADERS_MS,
    requestTimeout: REQUEST_MS,
    connectionsCheckingInterval: 5000,
  });
  server.on("request", (incoming, outgoing) => follow(serve(incoming, outgoing)));
  try {
    await listening(server, listen);
  } catch (error) {
    unlock();
    throw error;
  }
  outboxes.openAll();
  const sweep = () =>
    worker.scheduled({ scheduledTime: Date.now(), cron: "*/5 * * * *" }, env, context).catch((error: unknown) => {
      log("error", "sweep_failed", { message: error instanceof Error ? error.name : typeof error });
    });
  follow(sweep());
  const timer = setInterval(() => follow(sweep()), SWEEP_MS);
  const stopWatching = watchClock((jumpMs) => {
    log("warning", "clock_jumped", { seconds: Math.round(jumpMs / 1000) });
    follow(sweep());
  });

  const { address, family, port } = server.address() as AddressInfo;
  return {
    url: `http://${family === "IPv6" ? `[${address}]` : address}:${port}`,
    sweep,
    async close() {
      isClosing = true;
      clearInterval(timer);
      stopWatching();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeIdleConnections();
      await closed;
      while (pending.size > 0) await Promise.all(pending);
      await outboxes.close();
      while (pending.size > 0) await Promise.all(pending);
      unlock();
    },
  };
};

const claimFolder = (folder: string, isTrial: boolean): (() => void) => {
  try {
    // Nobody else may read the folder.
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.W_OK);
  } catch (error) {
    throw new HostTrouble("not_writable", `${folder} cannot be written (${(error as NodeJS.ErrnoException).code}).`);
  }
  const unlock = lockFolder(folder);
  try {
    claimPurpose(folder, isTrial);
  } catch (error) {
    unlock();
    throw error;
  }
  return unlock;
};

const listening = (server: ReturnType<typeof createServer>, { host, port }: HostOptions["listen"]): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once("error", ({ code }: NodeJS.ErrnoException) => {
      const why = code === "EADDRINUSE" ? "another program listens there" : String(code);
      reject(new HostTrouble("address", `The relay cannot listen on ${host}:${port}: ${why}.`));
    });
    server.listen(port, host, () => resolve());
  });
