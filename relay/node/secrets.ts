// The values that a Worker has in `env`, from where machines keep them.
import { readFileSync } from "node:fs";
import { join } from "node:path";

export interface Secrets {
  /** As a Worker's `env`: each name is looked up when it is asked for, and none before. */
  readonly env: Record<string, unknown>;
  /** The secrets that could not be read, in words without any of them. */
  readonly problems: readonly string[];
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * `env.NAME` is the environment's `NAME`, or what is in the file that its `NAME_FILE` names, or in the file `NAME` of the
 * folder `$CREDENTIALS_DIRECTORY`. One line end at the end of a file does not count.
 *
 * @param bindings what `env` has beside secrets
 * @param otherwise what stands for a secret that is nowhere
 */
export const readSecrets = (
  bindings: Readonly<Record<string, unknown>>,
  environment: Environment,
  otherwise: (name: string) => string | undefined = () => undefined,
): Secrets => {
  const problems = new Set<string>();

  const fromFile = (path: string, name: string, isCertain: boolean): string | undefined => {
    try {
      return readFileSync(path, "utf8").replace(/\r?\n$/, "");
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (isCertain || code !== "ENOENT") problems.add(`the file for ${name} cannot be read (${code})`);
      return undefined;
    }
  };

  const find = (name: string): string | undefined => {
    const value = own(environment, name);
    if (value !== undefined) return value;
    const file = own(environment, `${name}_FILE`);
    if (file !== undefined) return fromFile(file, name, true);
    const folder = own(environment, "CREDENTIALS_DIRECTORY");
    return folder === undefined ? undefined : fromFile(join(folder, name), name, false);
  };

  const env = new Proxy<Record<string, unknown>>(
    { ...bindings },
    {
      get(target, name) {
        if (typeof name !== "string" || Object.hasOwn(target, name)) return Reflect.get(target, name);
        // The name of a variable, and no path.
        return /^\w+$/.test(name) ? (find(name) ?? otherwise(name)) : undefined;
      },
    },
  );
  return {
    env,
    get problems() {
      return [...problems];
    },
  };
};

/** `constructor` is nobody's variable. */
const own = (environment: Environment, name: string): string | undefined =>
  Object.hasOwn(environment, name) ? environment[name] : undefined;
