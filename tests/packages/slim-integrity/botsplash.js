import { provideWasm } from "botsplash/slim";
import url from "botsplash/botsplash.wasm?url";

provideWasm(() => fetch(url, { integrity: WASM_INTEGRITY }));

export * from "botsplash/slim";
