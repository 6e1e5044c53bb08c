// For Bun and Deno, whose tests run in another process.
import { playSockets } from "./sockets.js";

/** @type {(() => void)[]} */
const ends = [];
const found = await playSockets({ after: (end) => ends.push(end) });
for (const end of ends) end();
console.log(JSON.stringify(found));
process.exit(0);
