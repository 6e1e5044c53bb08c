// The subcommands by name. A line here and a file of that name are all that a new one needs.
import type { Command } from "./define.ts";

interface Entry {
  /** A sentence for `botsplash --help`, without its full stop. */
  readonly summary: string;
  readonly load: () => Promise<{ readonly command: Command }>;
}

export const commands = {
  call: {
    summary: "Makes one call: the answer is JSON, and the exit status says what is known of it",
    load: () => import("./call.ts"),
  },
  contract: {
    summary: "Holds the API's own OpenAPI description against what the client assumes",
    load: () => import("./contract.ts"),
  },
  doctor: {
    summary: "Asks an account's API what is right and wrong, by reads alone",
    load: () => import("./doctor.ts"),
  },
  person: {
    summary: "Shows or erases what a relay has of one person",
    load: () => import("./person.ts"),
  },
  relay: {
    summary: "Takes leads from pages, keeps them on this machine, and sends them to the API",
    load: () => import("./relay.ts"),
  },
  sandbox: {
    summary: "Serves a stand-in for the API on this machine",
    load: () => import("./sandbox.ts"),
  },
} as const satisfies Record<string, Entry>;

export type CommandName = keyof typeof commands;

export const commandNames = Object.keys(commands) as CommandName[];

export function isCommandName(name: string | undefined): name is CommandName {
  return name !== undefined && Object.hasOwn(commands, name);
}

export async function loadCommand(name: CommandName): Promise<Command> {
  return (await commands[name].load()).command;
}
