// golden.d.ts is what a reviewer reads when the package's types change.
import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { difference, here, repository } from "./compiler.js";

const built = join(repository, "pkg", "dist", "index.d.ts");
const golden = join(here, "golden.d.ts");

test("the package's types are the golden ones", () => {
  assert.ok(existsSync(built), "pkg/ is not built: run `npm run build` first");
  const now = readFileSync(built, "utf8");
  if (process.env.BLESS === "1") writeFileSync(golden, now);
  const blessed = readFileSync(golden, "utf8");
  assert.ok(
    now === blessed,
    `The types of the package have changed (- golden, + built). If that is meant, run
BLESS=1 node --test tests/types/golden.test.js
and give the change a line in CHANGELOG.md.\n${difference(blessed, now)}`,
  );
});

test("require sees the types that import sees", () => {
  const text = readFileSync(built.replace(/\.d\.ts$/, ".d.cts"), "utf8");
  assert.equal(text, readFileSync(built, "utf8"));
});
