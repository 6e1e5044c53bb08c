// How long a module takes to load, and then to its first call's answer, in a process that has done nothing else.
import { pathToFileURL } from "node:url";

const { href } = pathToFileURL(process.argv[2]);
const began = performance.now();
const { firstCall } = await import(href);
const loaded = performance.now();
await firstCall();
console.log(JSON.stringify({ load: loaded - began, call: performance.now() - loaded }));
