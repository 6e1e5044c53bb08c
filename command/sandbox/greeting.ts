import { demoCredentials, type SandboxOptions } from "../../sandbox/index.ts";
import type { RunningServer } from "../../sandbox/server.ts";

export interface Greeted {
  readonly appId: string;
  /** It asks for no credentials. */
  readonly open: boolean;
  readonly routes: SandboxOptions["routes"] | undefined;
}

/** Where the sandbox is, and how to try it. */
export function greeting({ url, origin }: RunningServer, { appId, open, routes }: Greeted): string {
  const [{ username, password }, { apiKey }] = demoCredentials;
  const lead = JSON.stringify({ visitor: { clientVisitorId: "12345", firstName: "Jane", phoneNumber: "3334445555" } });
  const [method, path] = (routes?.submitListener ?? "POST /{appId}/listener/botsplash/{id}").split(" ");
  const target = `${url}${path?.replace("{appId}", encodeURIComponent(appId)).replace("{id}", "welcome")}`;
  return `Botsplash sandbox: ${url}

Credentials: ${open ? "none needed" : `${username} / ${password} (Basic), or api_key ${apiKey}`}
What people received: ${origin}/_sandbox/texts
Try it:
  curl ${method === "POST" ? "" : `-X ${method} `}${open ? "" : `-u ${username}:${password} `}-H 'Content-Type: application/json' -d '${lead}' '${target}'
`;
}
