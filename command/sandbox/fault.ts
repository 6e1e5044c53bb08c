// Faults as they are written on a command line: `status=503,operation=submitListener,times=2`.
import { type Fault, faultKinds } from "../../sandbox/faults.ts";
import { Failure } from "../failure.ts";

type Kind = (typeof faultKinds)[number] | "status";

const DESCRIPTIONS: Readonly<Record<Kind, string>> = {
  status: "status=<number>: answers with that status",
  hang: "hang: never answers",
  reset: "reset: tears the connection instead of answering",
  truncate: "truncate: sends half of the response's body, then tears the connection",
  brokenJson: "brokenJson: answers with JSON that breaks off",
  html: "html: answers with a page",
  empty: "empty: answers with no body",
  redirect: "redirect=<location>: answers with a 302 to there",
  delayMs: "delayMs=<number>: waits that long, then answers as always",
  slowBody: "slowBody: sends half of the response's body, then nothing more",
};

/** The faults that there are, a line for each. */
export function faultHelp(): string {
  return (["status", ...faultKinds] as const).map((kind) => `  ${DESCRIPTIONS[kind]}\n`).join("");
}

const NUMBERS = ["status", "delayMs", "times"];

/**
 * Reads a fault; whether it makes sense is the sandbox's to say.
 *
 * @throws {Failure} If it is not written like one.
 */
export function parseFault(text: string): Fault {
  const fault: Record<string, unknown> = {};
  const headers: Record<string, string> = {};
  for (const part of text.split(",")) {
    const [, name = "", value] = /^\s*([\w.-]+)(?:=(.*))?$/s.exec(part) ?? [];
    if (name === "") throw new Failure("--fault must be words with commas between, such as status=503,times=2.");
    if (name.startsWith("headers.")) headers[name.slice("headers.".length)] = value ?? "";
    else fault[name] = parsedValue(name, value);
  }
  return { ...fault, ...(Object.keys(headers).length > 0 && { headers }) };
}

function parsedValue(name: string, value: string | undefined): unknown {
  if (value === undefined) return true;
  if (name === "times" && value === "forever") return Number.POSITIVE_INFINITY;
  return NUMBERS.includes(name) && value !== "" ? Number(value) : value;
}
