// For each runtime in a process of its own, which trusts the tests' authority: tests/packages/support/sockets.js starts it.
import { Botsplash } from "../../../pkg/dist/index.js";
import { playFailures } from "./play-failures.js";

const runtime = "Deno" in globalThis ? "Deno" : "Bun" in globalThis ? "Bun" : "Node";

/** @type {import("./play-failures.js").Send} */
const send = async (baseUrl, { timeoutMs, calls }) => {
  const client = new Botsplash({ appId: "acme", baseUrl, retries: 0, timeoutMs });
  const submit = () => client.submitListener("welcome", { visitor: { phoneNumber: "3334445555" } });
  for (let call = 1; call < calls; call += 1) await submit();
  return submit().then(
    () => "answered",
    (error) => error.delivery,
  );
};

/** @type {(() => void)[]} */
const ends = [];
const found = await playFailures({ after: (end) => ends.push(end) }, process.env.FULL_PORT, runtime, send);
for (const end of ends) end();
console.log(JSON.stringify(found));
process.exit(0);
