// Users' code compiles, and mistakes are refused for the right reason.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { compile, here, readable } from "./compiler.js";

test("usage.ts and using.ts compile in a page", () => {
  assert.equal(readable(compile(["usage.ts", "using.ts"])), "");
});

test("usage.ts and using.ts compile in Node, without the DOM's types", () => {
  // The oldest library that a settings file is likely to name.
  const settings = { lib: ["es2022"], types: ["node"], skipLibCheck: true };
  assert.equal(readable(compile(["usage.ts", "using.ts"], {}, settings)), "");
});

test("using.ts compiles where the settings name TypeScript's own declarations of it", () => {
  const settings = { lib: ["es2022", "dom", "esnext.disposable"], skipDefaultLibCheck: false };
  assert.equal(readable(compile(["using.ts"], {}, settings)), "");
});

test("usage.ts compiles without the strictest settings", () => {
  const settings = { exactOptionalPropertyTypes: false, noUncheckedIndexedAccess: false };
  assert.equal(readable(compile(["usage.ts"], {}, settings)), "");
});

test("misuse.ts is refused, each line for the reason that it gives", () => {
  const text = readFileSync(join(here, "misuse.ts"), "utf8");
  const reasons = new Map(
    text.split("\n").flatMap((line, index) => {
      const reason = /^\/\/ @ts-expect-error (.+)/.exec(line)?.[1];
      // The reason is for the line below; lines count from 1.
      return reason ? [[index + 2, reason]] : [];
    }),
  );
  assert.ok(reasons.size > 40, "misuse.ts has lost its reasons");

  const complaints = compile(["misuse.ts"], { "misuse.ts": text.replaceAll("@ts-expect-error", "refused:") });
  const wrong = [...reasons].flatMap(([line, reason]) => {
    const said = complaints.filter((complaint) => complaint.line === line);
    if (said.length === 0) return [`misuse.ts:${line} compiles, and should not: ${reason}`];
    if (said.some(({ message }) => message.includes(reason))) return [];
    return [`misuse.ts:${line} is refused, but not because "${reason}":\n${readable(said)}`];
  });
  assert.equal(wrong.join("\n\n"), "");
  const unexpected = complaints.filter(({ line }) => !reasons.has(line));
  assert.equal(readable(unexpected), "");
});
