// Shows the demo: page, relay and sandbox. All of it ends with this process.
import { parseArgs } from "node:util";
import { build } from "./build.js";
import { endOnSignal, runAsScript, Trouble } from "./lib/run.js";

const main = async () => {
  endOnSignal(0);
  const port = readPort();
  await build();
  const { startDemo } = await import("./demo/demo-server.js");
  const { REVIEW_SECRET } = await import("./demo/demo-relay.js");
  const demo = await startDemo({ port });
  endOnSignal(0, demo.close);
  console.log(`The demo is at ${demo.url} (Ctrl-C ends it)`);
  console.log(`  a lead form, with and without script: ${demo.url}form/`);
  console.log(`  the review page: ${demo.url}relay/review (its secret: ${REVIEW_SECRET})`);
};

const readPort = () => {
  const { port } = parseArgs({ options: { port: { type: "string" } } }).values;
  if (port === undefined) return undefined;
  if (!/^\d{1,5}$/.test(port)) throw new Trouble(`--port: expected a number from 1 to 65535, not "${port}"`);
  return Number(port);
};

await runAsScript(import.meta, main);
