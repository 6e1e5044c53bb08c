// As Workers and bundlers have it.
import { provideWasm } from "botsplash/slim";
import type { WasmSource } from "botsplash/slim";
import wasm from "botsplash/botsplash.wasm";

provideWasm(wasm);
export const compiled: WasmSource[] = [wasm, WebAssembly.compile(new Uint8Array()), WebAssembly.compileStreaming(fetch("/"))];

// @ts-expect-error It is a module, and not its bytes.
export const bytes: ArrayBuffer = wasm;
