import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import { startServer } from "../../sandbox/server.ts";
import { samples } from "../sandbox/samples.js";
import { json } from "../sandbox/support.js";
import { limits, printed, run, start } from "./support.js";

for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM"])) {
  test(`the sandbox prints its address and ends at ${signal} while a request hangs`, limits, async (t) => {
    const child = start(t, ["sandbox", "--app-id", "mine", "--no-auth"]);
    const url = await printed(child, /http:\S+/);
    const path = `${url}/mine/listener/botsplash/welcome`;
    const post = () => fetch(path, { method: "POST", body: JSON.stringify(samples.listener), headers: json });
    assert.equal((await post()).status, 200);
    assert.equal((await fetch(path.replace("mine", "yours"), { method: "POST" })).status, 404);
    const { origin } = new URL(url);
    await fetch(`${origin}/_sandbox/fault`, { method: "POST", body: '{"hang":true}' });
    const hanging = post().catch((error) => error);
    for (let count = 0; count < 2; ) count = (await (await fetch(`${origin}/_sandbox/requests`)).json()).length - 1;
    child.kill(signal);
    const [code] = await once(child, "exit");
    assert.equal(code, 0);
    assert.ok((await hanging) instanceof TypeError);
  });
}

test("a port that is taken is said in a sentence", limits, async (t) => {
  const taken = await startServer();
  t.after(taken.close);
  const { port } = new URL(taken.origin);
  const { code, stderr } = await run(t, ["sandbox", "--port", port]);
  assert.deepEqual(
    [code, stderr.split("\n")[0]],
    [2, `botsplash sandbox: The port ${port} is taken: choose another, or leave --port out for any free one.`],
  );
});
