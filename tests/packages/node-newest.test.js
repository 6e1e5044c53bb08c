import test from "node:test";
import { newestNode } from "./support/newest-node.js";
import { submitsInNode } from "./support/node.js";
import { row } from "./support/row.js";

test("in the newest Node, the installed package submits once", async (t) => {
  const { node } = await newestNode();
  const { version } = await submitsInNode(t, node);
  const [major] = version.split(".");
  row({ environment: `Node ${major}, \`import\` and \`require\``, versions: { node: version } });
});
