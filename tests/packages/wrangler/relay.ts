// A relay whose bindings `wrangler types` describes: it names the Durable Object as a type of this file.
import { createRelay } from "botsplash/relay";

const relay = createRelay((env: Env) => ({
  appId: "demo",
  auth: { username: "demo", password: "demo" },
  origins: ["https://www.example.com"],
  listeners: { welcome: {} },
  outbox: env.OUTBOX,
}));

export class Outbox extends relay.Outbox {}

export default { fetch: relay.fetch, scheduled: relay.scheduled } satisfies ExportedHandler<Env>;
