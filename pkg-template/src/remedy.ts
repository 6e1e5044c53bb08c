// Hints for a wasm that does not start: the runtime's own lack comes before all else.
import { type Foreign, safely } from "./safely.ts";

const ELSEWHERE = "has no WebAssembly: call a server or relay of yours with plain fetch";

/** `hint` is for runtimes that have all that is needed. */
export const remedy = (hint: string): string => {
  const { WebAssembly, TextDecoder, TextEncoder, navigator, process, document } = globalThis as Foreign;
  if (typeof WebAssembly !== "object") {
    if (safely(() => navigator.product) === "ReactNative") return `React Native ${ELSEWHERE}`;
    if (safely(() => process.versions.node)) return `Node under --jitless ${ELSEWHERE}`;
    return `This ${document ? "browser, perhaps in Lockdown Mode," : "runtime"} ${ELSEWHERE}`;
  }
  if (typeof TextDecoder !== "function" || typeof TextEncoder !== "function") {
    return "This runtime has no TextEncoder and TextDecoder, as jsdom: give it those of Node";
  }
  return hint;
};
