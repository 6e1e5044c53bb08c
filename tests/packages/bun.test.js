import test from "node:test";
import { temporaryFolder } from "../../scripts/lib/temporary-folder.js";
import { consumer, installed, succeed } from "./install.js";
import { binary } from "./support/binary.js";
import { row } from "./support/row.js";
import { sandboxFor, textedOnce } from "./support/sandbox.js";
import { knowsWhatWasSent } from "./support/sockets.js";

test("in Bun", async (t) => {
  const folder = await consumer("bun");
  const bun = binary(folder, "@oven", "bin/bun");
  const versions = installed(folder, "bun");

  await t.test("the installed package submits once", async (t) => {
    const { sandbox, env } = await sandboxFor(t);
    textedOnce(sandbox, JSON.parse(await succeed(bun, ["main.js"], folder, env)));
    row({ environment: "Bun", versions });
  });

  await t.test("one executable file submits once, with nothing beside it", async (t) => {
    const elsewhere = temporaryFolder();
    await succeed(bun, ["build", "--compile", "main.js", "--outfile", `${elsewhere}/app`], folder);
    const { sandbox, env } = await sandboxFor(t);
    textedOnce(sandbox, JSON.parse(await succeed(`${elsewhere}/app`, [], elsewhere, env)));
    row({ environment: "Bun, `build --compile`", versions });
  });

  await t.test("a failed connection is known for what it is", async (t) => {
    await knowsWhatWasSent(t, bun, []);
    row({ environment: "Bun, real sockets that fail", versions });
  });
});
