// `--sandbox`: the relay against a sandbox in the same process, with a form to try it.
import { readFileSync } from "node:fs";
import type { ListenerOptions, RelayOptions } from "../../relay/options.ts";
import { demoCredentials } from "../../sandbox/index.ts";
import { startServer } from "../../sandbox/server.ts";
import { print } from "../terminal.ts";
import type { Configuration } from "./config.ts";
import { formPage } from "./form-page.ts";

export interface SandboxMode {
  /** The relay that is served without a configuration. */
  readonly configuration: Configuration;
  /** The options that make it a rehearsal: nothing reaches the API, and no secret of it is used. */
  readonly override: (options: RelayOptions) => Partial<RelayOptions>;
  /** The placeholder for a secret that is not set yet. */
  readonly secretOf: (name: string) => string;
  /** The form's page, its script, and what people have received. */
  readonly page: (request: Request, options: RelayOptions) => Response | undefined;
  readonly greet: (url: string) => void;
  readonly close: () => Promise<void>;
}

const REVIEW_SECRET = "review-the-leads-of-this-sandbox-only";

const FORM_SCRIPT = new URL("../form-auto.js", import.meta.url);

const LOOK_MS = 200;

/** @param address where the relay is to listen: its own pages may post */
export const startSandbox = async ({ host, port }: { host: string; port: number }): Promise<SandboxMode> => {
  const api = await startServer();
  const [{ username, password }] = demoCredentials;
  let told = 0;
  const timer = setInterval(() => {
    const all = api.sandbox.texts;
    for (const { to, text } of all.slice(told)) print(`\n  A text to ${to}: ${text}\n`);
    told = all.length;
  }, LOOK_MS);

  return {
    configuration: {
      appId: "demo",
      auth: { username, password },
      origins: [],
      listeners: {
        welcome: {
          args: { message: "Thanks, we will text you." },
          consent: { field: "consent", texts: { "1": "Yes, you may text me at this number." } },
        },
      },
    },
    override: ({ origins }) => ({
      baseUrl: api.url,
      auth: { username, password },
      reviewSecret: REVIEW_SECRET,
      origins: [
        ...(Array.isArray(origins) ? origins : []),
        ...new Set([host, "127.0.0.1", "localhost"].map((name) => new URL(`http://${bracketed(name)}:${port}`).origin)),
      ],
    }),
    secretOf: (name) => `sandbox ${name} `.padEnd(40, "-"),
    page(request, { appId, listeners, basePath = "" }) {
      const { pathname } = new URL(request.url);
      if (request.method !== "GET") return undefined;
      if (pathname === "/") {
        const [[listener, { consent }] = ["", {} as ListenerOptions]] = Object.entries(listeners);
        const action = `${basePath}/${encodeURIComponent(appId)}/listener/botsplash/${encodeURIComponent(listener)}`;
        return html(formPage(action, consent));
      }
      if (pathname === "/sandbox/texts") return Response.json(api.sandbox.texts);
      if (pathname === "/sandbox/form-auto.js") {
        return new Response(readFileSync(FORM_SCRIPT), { headers: { "Content-Type": "text/javascript" } });
      }
      return undefined;
    },
    greet(url) {
      print(`
The relay takes leads, and a sandbox stands for the API: nothing leaves this machine.
  A form to try:                 ${url}/
  What has become of the leads:  ${url}/review, which ${REVIEW_SECRET} opens
Texts that people would get are shown here. Ctrl-C ends it.
`);
    },
    async close() {
      clearInterval(timer);
      await api.close();
    },
  };
};

const bracketed = (host: string): string => (host.includes(":") ? `[${host}]` : host);

const html = (text: string): Response =>
  new Response(text, { headers: { "Content-Type": "text/html; charset=utf-8" } });
