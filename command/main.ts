#!/usr/bin/env node
// The command `botsplash`: finds the subcommand by its name and runs it.
//
// To add a subcommand: write `command/NAME.ts`, which exports `command = defineCommand({ ... })`, and give it
// a line in `command/commands.ts`. Each is loaded only when somebody asks for it, so that none slows down another.
import { isCommandName, loadCommand } from "./commands.ts";
import { Failure } from "./failure.ts";
import { overview } from "./overview.ts";
import { outliveClosedPipes, print, tell } from "./terminal.ts";

/** @returns The exit status. */
async function main([name, ...rest]: string[]): Promise<number> {
  if (name === undefined) {
    tell(overview());
    return 2;
  }
  if (name === "--help" || name === "-h" || (name === "help" && rest.length === 0)) {
    print(overview());
    return 0;
  }
  if (name === "--version" || name === "-v") {
    print((await import("./version.ts")).version);
    return 0;
  }
  // `botsplash help contract` and `botsplash contract --help` are the same.
  if (name === "help") return main([...rest.slice(0, 1), "--help"]);
  if (!isCommandName(name)) throw await unknown(name);
  return (await loadCommand(name)).run(rest);
}

async function unknown(name: string): Promise<Failure> {
  const { nearest } = await import("./nearest.ts");
  const { commandNames } = await import("./commands.ts");
  const what = name.startsWith("-") ? "option" : "command";
  const near = nearest(name, what === "option" ? ["--help", "--version"] : commandNames);
  return new Failure(
    near === undefined ? `There is no such ${what}.` : `There is no such ${what}: did you mean "${near}"?`,
    { hint: "`botsplash --help` lists them." },
  );
}

outliveClosedPipes();
const args = process.argv.slice(2);
try {
  process.exitCode = await main(args);
} catch (error) {
  if (!(error instanceof Failure)) throw error;
  const command = isCommandName(args[0]) ? ` ${args[0]}` : "";
  tell(`botsplash${command}: ${error.message}`);
  if (error.hint !== undefined) tell(error.hint);
  process.exitCode = error.status;
}
