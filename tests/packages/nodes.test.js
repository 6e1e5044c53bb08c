import test from "node:test";
import { NEWEST, nodeOf, OLDEST } from "../../scripts/lib/nodes.js";
import { submitsInNode } from "./support/node.js";
import { row } from "./support/row.js";

for (const version of [OLDEST, NEWEST]) {
  test(`in Node ${version}, the installed package submits once`, async (t) => {
    const { node } = await nodeOf(version);
    await submitsInNode(t, node);
    row({
      environment: `Node ${Number.parseInt(version, 10)}, \`import\` and \`require\``,
      versions: { node: version },
    });
  });
}
