// How a subcommand is declared: its help, its options, and the function that runs it.
import { type ParseArgsConfig, parseArgs } from "node:util";
import { Failure } from "./failure.ts";
import { nearest } from "./nearest.ts";
import { print } from "./terminal.ts";

export type Options = NonNullable<ParseArgsConfig["options"]>;

type Values<O extends Options> = ReturnType<typeof parseArgs<{ options: O; strict: true }>>["values"];

/** The arguments of one run, read. */
export interface Input<O extends Options> {
  readonly values: Values<O>;
  /** The arguments that are not options. */
  readonly operands: readonly string[];
}

export interface CommandDeclaration<O extends Options> {
  /** The text of `--help`: usage, options, an example, exit statuses. */
  readonly help: string;
  /** As `node:util`'s parseArgs takes them. `--help` is there without being named. */
  readonly options: O;
  /** The names of the operands, in order; one that ends in `?` may be missing. */
  readonly operands?: readonly string[];
  /** Options that are never taken, by name: a sentence that says why. */
  readonly refused?: Readonly<Record<string, string>>;
  /** The exit status when the arguments are wrong, 2 unless given. */
  readonly usageStatus?: number;
  /**
   * Does the work.
   *
   * @returns The exit status.
   * @throws {Failure} Where the command cannot go on.
   */
  readonly run: (input: Input<O>) => Promise<number>;
}

export interface Command {
  readonly help: string;
  readonly run: (args: readonly string[]) => Promise<number>;
}

export function defineCommand<const O extends Options>(declaration: CommandDeclaration<O>): Command {
  const { help, options, operands = [], refused = {}, usageStatus: status = 2, run } = declaration;
  return {
    help,
    async run(args) {
      if (asksForHelp(args)) {
        print(help.trimEnd());
        return 0;
      }
      const hint = help.slice(0, help.indexOf("\n"));
      const wrong = check(args, options, refused) ?? checkOperands(args, options, operands);
      if (wrong !== undefined) throw new Failure(wrong, { status, hint });
      const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
      return run({ values: values as Values<O>, operands: positionals });
    },
  };
}

function asksForHelp(args: readonly string[]): boolean {
  const end = args.indexOf("--");
  return (end === -1 ? args : args.slice(0, end)).some((one) => one === "--help" || one === "-h");
}

/** parseArgs's own sentences differ from version to version, and some of them quote the argument's value. */
function check(
  args: readonly string[],
  options: Options,
  refused: Readonly<Record<string, string>>,
): string | undefined {
  const { tokens } = tokensOf(args, options);
  const names = Object.keys(options).map((name) => `--${name}`);
  for (const token of tokens) {
    if (token.kind !== "option") continue;
    const option = Object.hasOwn(options, token.name) ? options[token.name] : undefined;
    if (Object.hasOwn(refused, token.name)) return refused[token.name];
    if (option === undefined) {
      const near = nearest(token.rawName, [...names, "--help"]);
      return `The option ${token.rawName} is not known here${near === undefined ? "." : `: did you mean ${near}?`}`;
    }
    const takesValue = option.type === "string";
    // `--port --host` has forgotten the value of the first.
    if (takesValue && (token.value === undefined || (!token.inlineValue && token.value.startsWith("--"))))
      return `The option ${token.rawName} needs a value.`;
    if (!takesValue && token.value !== undefined) return `The option ${token.rawName} takes no value.`;
  }
  return undefined;
}

function checkOperands(args: readonly string[], options: Options, names: readonly string[]): string | undefined {
  const given = tokensOf(args, options).positionals.length;
  const needed = names.filter((name) => !name.endsWith("?"));
  const missing = needed[given];
  if (missing !== undefined) return `The argument ${missing} is missing.`;
  if (given > names.length) return names.length === 0 ? "No argument is expected." : "There are too many arguments.";
  return undefined;
}

function tokensOf(args: readonly string[], options: Options) {
  return parseArgs({ args: [...args], options, strict: false, allowPositionals: true, tokens: true });
}
