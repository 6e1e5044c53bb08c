// The process that `node-host.js` starts: a Worker on the relay's host.
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { trustProxies } from "../../relay/node/client-address.ts";
import { startHost } from "../../relay/node/host.ts";
import { createLog } from "../../relay/node/log.ts";
import { createTransport } from "../../relay/node/transport.ts";

const { env, folder, port, synchronous, plainFetch } = JSON.parse(process.argv[2] ?? "{}");
const tell = (message: unknown) => process.connected && process.send?.(message);

const module = await import(pathToFileURL(join(import.meta.dirname, "worker.mjs")).href);
const transport = createTransport({ connectTimeoutMs: 10_000 });
const host = await startHost({
  worker: { ...module.default, Outbox: module.Outbox },
  envOf: (outboxes) => ({ ...env, OUTBOX: outboxes, ...(!plainFetch && { FETCH: transport.fetch }) }),
  folder,
  listen: { host: "127.0.0.1", port },
  trusts: trustProxies([]),
  log: createLog((line) => tell({ log: line })),
  ...(synchronous && { synchronous }),
});

process.on("message", async (message) => {
  if (message !== "sweep") return;
  await host.sweep();
  tell("swept");
});
process.once("SIGTERM", async () => {
  await host.close();
  transport.close();
  process.disconnect?.();
});
// Whoever knows it may end this process at once.
tell({ port: Number(new URL(host.url).port) });
