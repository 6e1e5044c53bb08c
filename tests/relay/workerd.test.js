import assert from "node:assert/strict";
import test from "node:test";
import { startWorkerd } from "../../scripts/lib/workerd.js";

const source = `
  import { Botsplash } from "botsplash";

  export class Counter {
    constructor(ctx) {
      this.ctx = ctx;
      ctx.storage.sql.exec("CREATE TABLE IF NOT EXISTS visits (at TEXT)");
    }
    fetch() {
      this.ctx.storage.sql.exec("INSERT INTO visits VALUES ('now')");
      return Response.json(this.ctx.storage.sql.exec("SELECT count(*) AS count FROM visits").one());
    }
  }

  let ran = 0;

  export default {
    async fetch(request, env) {
      const { pathname } = new URL(request.url);
      if (pathname === "/env") return Response.json({ ...env, COUNTER: undefined, ran });
      await new Botsplash({ appId: "demo" }).ready();
      return env.COUNTER.get(env.COUNTER.idFromName("one")).fetch(request);
    },
    async scheduled() {
      ran += 1;
    },
  };`;

test("a Worker in workerd has its variables, its cron, and a disk that outlives a power cut", async (t) => {
  const env = { TEXT: 'a "quoted" text', LIST: ["a", 1] };
  const worker = await startWorkerd({ source, env, objects: { COUNTER: "Counter" } });
  t.after(worker.stop);
  const { url, pid } = worker;
  const visit = async () => (await fetch(url)).json();

  await worker.scheduled();
  assert.deepEqual(await (await fetch(`${url}env`)).json(), { ...env, ran: 1 });
  assert.deepEqual(await visit(), { count: 1 });
  assert.deepEqual(await visit(), { count: 2 });
  await worker.kill();
  await assert.rejects(fetch(url));
  await worker.restart();
  assert.equal(worker.url, url);
  assert.notEqual(worker.pid, pid);
  assert.deepEqual(await visit(), { count: 3 });
});
