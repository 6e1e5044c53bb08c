// As Workers and bundlers have it.
import { provideWasm } from "botsplash/slim";
import wasm from "botsplash/botsplash.wasm";

provideWasm(wasm);

// @ts-expect-error It is a module, and not its bytes.
export const bytes: ArrayBuffer = wasm;
