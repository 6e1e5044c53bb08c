// `botsplash sandbox`: the stand-in for the API, served on this machine.
import { demoCredentials } from "../sandbox/index.ts";
import { startServer } from "../sandbox/server.ts";
import { defineCommand } from "./define.ts";
import { Failure } from "./failure.ts";
import { print } from "./terminal.ts";

const help = `Usage: botsplash sandbox [options]

Serves a sandbox of the Botsplash API on this machine, and sends nothing anywhere else.

  --port <number>   the port to listen on (default: any free one)
  --host <address>  the address to listen on (default: 127.0.0.1)
  --app-id <id>     the only account there is (default: any appId is accepted)
  --no-auth         asks for no credentials
  --help            shows this

Example:
  npx botsplash sandbox --port 8787
`;

export const command = defineCommand({
  help,
  options: {
    port: { type: "string" },
    host: { type: "string" },
    "app-id": { type: "string" },
    "no-auth": { type: "boolean" },
  },
  async run({ values }) {
    const port = Number(values.port ?? 0);
    if (!Number.isInteger(port) || port < 0 || port > 65535) {
      throw new Failure("--port must be a number from 0 to 65535.");
    }
    const appId = values["app-id"];
    const open = values["no-auth"] === true;
    const { url, origin } = await startServer({
      port,
      ...(values.host !== undefined && { host: values.host }),
      ...(appId !== undefined && { appId }),
      ...(open && { credentials: false }),
    }).catch((error: NodeJS.ErrnoException) => {
      throw new Failure(
        error.code === "EADDRINUSE"
          ? `The port ${port} is taken: choose another, or leave --port out for any free one.`
          : `The sandbox cannot listen there (${error.code}).`,
      );
    });
    const [basic, { apiKey }] = demoCredentials;
    const login = `${basic.username}:${basic.password}`;
    const lead = { visitor: { clientVisitorId: "12345", firstName: "Jane", phoneNumber: "3334445555" } };
    const target = `${url}/${encodeURIComponent(appId ?? "demo")}/listener/botsplash/welcome`;
    print(`Botsplash sandbox: ${url}

Credentials: ${open ? "none needed" : `${basic.username} / ${basic.password} (Basic), or api_key ${apiKey}`}
What people received: ${origin}/_sandbox/texts
Try it:
  curl ${open ? "" : `-u ${login} `}-H 'Content-Type: application/json' -d '${JSON.stringify(lead)}' '${target}'`);

    // The server keeps the process running. No farewell to open connections: some of them hang on purpose.
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => process.exit(0));
    return 0;
  },
});
