// As Workers and bundlers have it.

import wasm from "botsplash/botsplash.wasm";
import type { WasmSource } from "botsplash/slim";
import { provideWasm } from "botsplash/slim";

provideWasm(wasm);
export const compiled: WasmSource[] = [
  wasm,
  WebAssembly.compile(new Uint8Array()),
  WebAssembly.compileStreaming(fetch("/")),
];

// @ts-expect-error It is a module, and not its bytes.
export const bytes: ArrayBuffer = wasm;
