// `botsplash sandbox`: the stand-in for the API, served on this machine.
import { defineCommand } from "./define.ts";
import { Failure } from "./failure.ts";
import { faultHelp, parseFault } from "./sandbox/fault.ts";
import { paintFor, print, tell } from "./terminal.ts";

const help = `Usage: botsplash sandbox [options]

Serves a sandbox of the Botsplash API on this machine, and sends nothing anywhere else. Prints a
line for each request: its method, its route, its status, and how many people were texted.

  --port <number>    the port to listen on (default: any free one)
  --host <address>   the address to listen on (default: 127.0.0.1)
  --app-id <id>      the only account there is (default: any appId is accepted)
  --no-auth          asks for no credentials
  --contract <file>  speaks the routes that botsplash contract finds in it
  --fault <fault>    makes something go wrong; may be given several times
  --quiet            prints no line for requests
  --help             shows this

A fault is one of these:
${faultHelp()}
After it, with commas between: operation=<name> for that operation alone, holding=<text> for
requests whose body holds it, times=<number> or times=forever (once otherwise), when=after for a
request that has its effect, status=<number>, headers.<name>=<value>.

The same submissionKey in a submit's query is the same lead, as it is to a relay.

Examples:
  npx botsplash sandbox --port 8787
  npx botsplash sandbox --fault reset,when=after,operation=submitListener
`;

export const command = defineCommand({
  help,
  options: {
    port: { type: "string" },
    host: { type: "string" },
    "app-id": { type: "string" },
    "no-auth": { type: "boolean" },
    contract: { type: "string" },
    fault: { type: "string", multiple: true },
    quiet: { type: "boolean" },
  },
  async run({ values }) {
    const port = Number(values.port ?? 0);
    if (!Number.isInteger(port) || port < 0 || port > 65535 || values.port === "") {
      throw new Failure("--port must be a number from 0 to 65535.");
    }
    const { routesOf } = await import("./sandbox/routes.ts");
    const { requestLine } = await import("./sandbox/request-line.ts");
    const { startServer } = await import("../sandbox/server.ts");
    const appId = values["app-id"];
    const open = values["no-auth"] === true;
    const paint = paintFor(process.stdout);
    const faults = (values.fault ?? []).map(parseFault);
    const spoken = values.contract === undefined ? {} : await routesOf(values.contract, tell);
    const running = await startServer({
      port,
      ...spoken,
      ...(values.host !== undefined && { host: values.host }),
      ...(appId !== undefined && { appId }),
      ...(open && { credentials: false }),
      ...(!values.quiet && { onRequest: (event) => print(requestLine(event, paint)) }),
    }).catch((error: NodeJS.ErrnoException) => {
      if (error.code === undefined) throw error;
      throw new Failure(
        error.code === "EADDRINUSE"
          ? `The port ${port} is taken: choose another, or leave --port out for any free one.`
          : `The sandbox cannot listen there (${error.code}).`,
      );
    });
    for (const fault of faults) {
      try {
        running.sandbox.fault(fault);
      } catch (error) {
        await running.close();
        if (!(error instanceof TypeError)) throw error;
        throw new Failure(`${error.message.replace("fault():", "--fault:")}.`);
      }
    }
    const { greeting } = await import("./sandbox/greeting.ts");
    print(greeting(running, { appId: appId ?? "demo", open, routes: spoken.routes }));

    // The server keeps the process running. No farewell to open connections: some of them hang on purpose.
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => process.exit(0));
    return 0;
  },
});
