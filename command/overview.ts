import { commandNames, commands } from "./commands.ts";

/** The text of `botsplash --help`. */
export function overview(): string {
  const width = Math.max(...commandNames.map((name) => name.length));
  const lines = commandNames.map((name) => `  ${name.padEnd(width)}  ${commands[name].summary}`);
  return `Usage: botsplash <command> [options]

${lines.join("\n")}

  --help     shows this; after a command, what that command takes
  --version  shows the version

Example:
  npx botsplash sandbox --port 8787`;
}
