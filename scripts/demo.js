// Shows the demo page. Everything runs in this one process and ends with it.
import { parseArgs } from "node:util";
import { build } from "./build.js";
import { endOnSignal, runAsScript, Trouble } from "./lib/run.js";

const main = async () => {
  endOnSignal(0);
  const port = readPort();
  await build();
  const { startDemo } = await import("./lib/demo-server.js");
  const demo = await startDemo({ port });
  endOnSignal(0, demo.close);
  console.log(`The demo is at ${demo.url} (Ctrl-C ends it)`);
};

const readPort = () => {
  const { port } = parseArgs({ options: { port: { type: "string" } } }).values;
  if (port === undefined) return undefined;
  if (!/^\d{1,5}$/.test(port)) throw new Trouble("--port takes a number");
  return Number(port);
};

await runAsScript(import.meta, main);
