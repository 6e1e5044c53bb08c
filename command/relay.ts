// `botsplash relay`: the relay on a machine of one's own.
import { defineCommand } from "./define.ts";
import { Failure } from "./failure.ts";
import { tell } from "./terminal.ts";

const help = `Usage: botsplash relay --config <file> --data <folder> [options]

Takes leads from pages, keeps each in a SQLite file on this machine until the API has taken it, and
sends it once.

  --config <file>       what a Worker gives createRelay, as the file's default export
  --data <folder>       where the leads are kept
  --listen <address>    the address and port to listen on (default: 127.0.0.1:8787)
  --trust-proxy <list>  the proxies in front, by address or network with commas between them, whose
                        X-Forwarded-For tells who posts (default: none)
  --init                writes a configuration to begin with, and says its name
  --check               checks the configuration, the secrets and the data, and starts nothing
  --sandbox             sends to a sandbox in this process, and serves a form to try it with
  --backup <folder>     copies the leads of --data there, also while the relay runs
  --help                shows this

Secrets: env.NAME in the configuration is the variable NAME, the content of the file that NAME_FILE
names, or the file NAME in $CREDENTIALS_DIRECTORY.

Exit statuses: 0 ended as it was asked to; 2 the arguments, or Node, do not fit; 65 data is damaged;
69 it cannot listen there; 73 the data folder cannot be written; 75 another relay uses it; 78 the
configuration is not valid.

Example:
  npx botsplash relay --sandbox
`;

const begin = `To see a lead go from a form to a text, with nothing set up:
  npx botsplash relay --sandbox

To begin with your own:
  npx botsplash relay --init
  npx botsplash relay --config relay.config.js --data trial --sandbox

\`botsplash relay --help\` lists the rest.`;

export const command = defineCommand({
  help,
  options: {
    config: { type: "string" },
    data: { type: "string" },
    listen: { type: "string" },
    "trust-proxy": { type: "string" },
    init: { type: "boolean" },
    check: { type: "boolean" },
    sandbox: { type: "boolean" },
    backup: { type: "string" },
  },
  async run({ values }) {
    if (values.init) return (await import("./relay/init.ts")).init(process.cwd());
    if (!values.config && !values.sandbox && values.backup === undefined) {
      tell(begin);
      return 2;
    }
    requireNode(process.versions.node);
    // Leads are personal data: nobody else may read the folder, even if another program made it.
    process.umask(0o077);
    const { config, data } = values;
    if (values.backup !== undefined) {
      if (data === undefined) throw new Failure("--backup needs --data: the folder to copy.");
      return (await import("./relay/backup.ts")).backup(data, values.backup);
    }
    if (data === undefined && !values.sandbox) throw new Failure("--data is missing: the folder for the leads.");
    const { serve } = await import("./relay/serve.ts");
    return serve({
      config,
      data,
      listen: values.listen ?? "127.0.0.1:8787",
      trustProxy: values["trust-proxy"]?.split(",") ?? [],
      isCheck: values.check === true,
      isSandbox: values.sandbox === true,
    });
  },
});

const NEEDED = [24, 15] as const;

function requireNode(version: string): void {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1])) return;
  throw new Failure(
    `The relay needs Node ${NEEDED.join(".")} or later, for the SQLite in it; this is Node ${version}. (The library itself needs Node 20.)`,
  );
}
