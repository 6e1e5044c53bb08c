// A pretended tenth operation, of which only a part is written: each place that needs the rest reports. CONTRIBUTING lists
// what an operation touches; these are the compilers and tests that hold the list to it.
import assert from "node:assert/strict";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { test } from "node:test";
import openapiTS, { astToString } from "openapi-typescript";
import ts from "typescript";
import { at, pkg, root } from "../../scripts/lib/paths.js";
import { capture } from "../../scripts/lib/run.js";
import { temporaryFolder } from "../../scripts/lib/temporary-folder.js";
import { compile } from "../types/compiler.js";

const NAME = "archiveVisitor";

/** The package's declarations, with a method more. */
const declarations = () => {
  const method = `${NAME}(who: VisitorRef, call?: CallOptions): Promise<Visitor>;`;
  const text = readFileSync(join(pkg, "dist", "index.d.ts"), "utf8");
  const changed = text.replace(/^(\s*)callVisitorAction\(/m, `$1${method}\n$&`);
  assert.notEqual(changed, text);
  return changed;
};

/** @param {string} config @returns {string[]} the files in which the compiler misses the operation */
const whoComplains = (config) => {
  const { config: json } = ts.readConfigFile(at(config), ts.sys.readFile);
  const { fileNames, options } = ts.parseJsonConfigFileContent(json, ts.sys, dirname(at(config)));
  const host = ts.createCompilerHost(options);
  const declared = join(pkg, "dist", "index.d.ts");
  const text = declarations();
  const { getSourceFile } = host;
  host.getSourceFile = (file, ...rest) =>
    file === declared ? ts.createSourceFile(file, text, ts.ScriptTarget.ESNext, true) : getSourceFile(file, ...rest);
  const found = ts
    .getPreEmitDiagnostics(ts.createProgram(fileNames, options, host))
    .filter(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n").includes(NAME))
    .map(({ file }) => relative(root, file?.fileName ?? ""));
  return [...new Set(found)].sort();
};

test("the libraries do not compile without its effect, its command and its place in the relay", () => {
  assert.deepEqual(whoComplains("tsconfig.library.json"), [
    "command/call/operations.ts",
    "relay/operations.ts",
    "sandbox/effects.ts",
  ]);
});

test("the page does not compile without its samples", () => {
  assert.deepEqual(whoComplains("www/tsconfig.json"), ["www/src/code/by-operation.ts"]);
});

test("the tests of the types do not compile without it", async () => {
  const complaints = compile(["usage.ts", "contract.ts"], {
    "golden.d.ts": declarations(),
    "openapi.generated.d.ts": astToString(await openapiTS(JSON.parse(readFileSync(at("openapi.json"), "utf8")))),
  });
  assert.deepEqual([...new Set(complaints.map(({ file }) => file))].sort(), ["contract.ts", "usage.ts"]);
});

/** The crate in a folder of its own, with the operation's file and its lines in `src/api.rs`. */
const pretendedCrate = () => {
  const folder = temporaryFolder();
  for (const name of [
    "Cargo.toml",
    "Cargo.lock",
    "src",
    "tests/contract.rs",
    "tests/types",
    "openapi.json",
    "docs/client.md",
  ]) {
    cpSync(at(name), join(folder, name), { recursive: true });
  }
  const model = readFileSync(join(folder, "src/api/call_visitor_action.rs"), "utf8");
  writeFileSync(
    join(folder, "src/api/archive_visitor.rs"),
    model
      .replaceAll("CallVisitorAction", "ArchiveVisitor")
      .replaceAll("callVisitorAction", NAME)
      .replace("/action/{actionId}", "/archive/{actionId}"),
  );
  edit(join(folder, "src/api.rs"), [
    ["mod call_visitor_action;", "mod archive_visitor;\nmod call_visitor_action;"],
    ["pub use call_visitor_action", "pub use archive_visitor::ArchiveVisitor;\npub use call_visitor_action"],
    ["    CallVisitorAction,\n", "    CallVisitorAction,\n    ArchiveVisitor,\n"],
  ]);
  return folder;
};

/** @param {string} file @param {[string, string][]} changes */
const edit = (file, changes) => {
  let text = readFileSync(file, "utf8");
  for (const [from, to] of changes) {
    assert.ok(text.includes(from), `${file}: ${from}`);
    text = text.replace(from, to);
  }
  writeFileSync(file, text);
};

/** @param {string} folder @returns {Promise<string[]>} the tests of the contract that name the operation and fail */
const whoFails = async (folder) => {
  const { output } = await capture("cargo", ["test", "--quiet", "--test", "contract"], {
    cwd: folder,
    // Its dependencies are compiled already.
    env: { CARGO_TARGET_DIR: at("target") },
    timeoutMs: 900_000,
  });
  const failures = output.split(/^---- (?=\w+ stdout ----)/m).slice(1);
  assert.ok(failures.length > 0, output);
  return failures
    .filter((text) => text.includes(NAME))
    .map((text) => text.slice(0, text.indexOf(" ")))
    .sort();
};

test("the contract wants it described, and then declared, decoded and listed", async () => {
  const folder = pretendedCrate();
  assert.deepEqual(await whoFails(folder), [
    "a_body_has_the_documented_form",
    "a_route_has_the_documented_method_path_origin_and_repeat",
    "every_documented_operation_is_a_route_and_the_other_way_round",
    "every_operations_answer_is_looked_at",
    "every_placeholder_is_a_documented_parameter",
    "the_golden_types_have_every_operation_with_its_answer_and_its_origin",
    "the_guide_lists_every_operation_with_its_origin",
  ]);
  edit(join(folder, "openapi.json"), [
    [
      '"/{appId}/visitor/{idType}/{idValue}/action/{actionId}": {',
      `"/{appId}/visitor/{idType}/{idValue}/archive/{actionId}": ${described(folder)},
    "/{appId}/visitor/{idType}/{idValue}/action/{actionId}": {`,
    ],
  ]);
  assert.deepEqual(await whoFails(folder), [
    "every_operations_answer_is_looked_at",
    "the_golden_types_have_every_operation_with_its_answer_and_its_origin",
    "the_guide_lists_every_operation_with_its_origin",
  ]);
});

/** @param {string} folder @returns {string} the description of the operation that it is a copy of, under its name */
const described = (folder) => {
  const { paths } = JSON.parse(readFileSync(join(folder, "openapi.json"), "utf8"));
  const path = paths["/{appId}/visitor/{idType}/{idValue}/action/{actionId}"];
  return JSON.stringify({ ...path, post: { ...path.post, operationId: NAME } });
};
