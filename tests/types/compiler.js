// The TypeScript compiler on this folder, in memory.
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

export const here = fileURLToPath(new URL(".", import.meta.url));
export const repository = fileURLToPath(new URL("../../", import.meta.url));

/** @type {Map<string, ts.SourceFile | undefined>} what no compilation changes: the standard library, most of all */
const parsed = new Map();

/**
 * Compiles files of this folder with its settings.
 * @param {string[]} names
 * @param {Record<string, string>} [texts] files that are not on disk, or other than they are there
 * @param {ts.CompilerOptions} [settings] in place of the folder's
 * @returns {{ file: string, line: number, message: string }[]} what the compiler has to say; lines count from 1
 */
export const compile = (names, texts = {}, settings = {}) => {
  const { config, error } = ts.readConfigFile(join(here, "tsconfig.json"), ts.sys.readFile);
  if (error) throw new Error(flat(error));
  const compilerOptions = { ...config.compilerOptions, ...settings };
  // As a whole: it is the file's place that `paths` start from.
  const { options, errors } = ts.parseJsonConfigFileContent({ ...config, compilerOptions }, ts.sys, here);
  if (errors[0]) throw new Error(flat(errors[0]));

  const own = new Map(Object.entries(texts).map(([name, text]) => [join(here, name), text]));
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists, readFile } = host;
  host.fileExists = (path) => own.has(path) || fileExists(path);
  host.readFile = (path) => own.get(path) ?? readFile(path);
  host.getSourceFile = (path, version) => {
    const text = own.get(path);
    if (text !== undefined) return ts.createSourceFile(path, text, version);
    if (!parsed.has(path)) parsed.set(path, getSourceFile(path, version));
    return parsed.get(path);
  };

  const program = ts.createProgram(
    names.map((name) => join(here, name)),
    options,
    host,
  );
  return ts.getPreEmitDiagnostics(program).map((diagnostic) => {
    const { file, start = 0 } = diagnostic;
    return {
      file: file ? file.fileName.replace(here, "") : "",
      line: file ? file.getLineAndCharacterOfPosition(start).line + 1 : 0,
      message: flat(diagnostic),
    };
  });
};

/** @param {ts.Diagnostic} diagnostic */
const flat = ({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n");

/** @param {ReturnType<typeof compile>} complaints */
export const readable = (complaints) =>
  complaints.map(({ file, line, message }) => `tests/types/${file}:${line}: ${message}`).join("\n\n");

/**
 * Where two texts differ, line by line, with three lines around it.
 * @param {string} before
 * @param {string} after
 */
export const difference = (before, after) => {
  const [old, now] = [before.split("\n"), after.split("\n")];
  let start = 0;
  while (start < Math.min(old.length, now.length) && old[start] === now[start]) start += 1;
  let end = 0;
  while (end < Math.min(old.length, now.length) - start && old.at(-1 - end) === now.at(-1 - end)) end += 1;
  const around = (/** @type {number} */ from, /** @type {number} */ to) =>
    old.slice(Math.max(0, from), to).map((line) => `  ${line}`);
  return [
    `@@ line ${start + 1} @@`,
    ...around(start - 3, start),
    ...old.slice(start, old.length - end).map((line) => `- ${line}`),
    ...now.slice(start, now.length - end).map((line) => `+ ${line}`),
    ...around(old.length - end, old.length - end + 3),
  ].join("\n");
};
