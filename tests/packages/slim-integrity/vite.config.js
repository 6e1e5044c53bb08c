import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

// Of the file that is installed here, whoever serves it.
const file = createRequire(import.meta.url).resolve("botsplash/botsplash.wasm");
const hash = createHash("sha384").update(readFileSync(file)).digest("base64");

export default { define: { WASM_INTEGRITY: JSON.stringify(`sha384-${hash}`) } };
