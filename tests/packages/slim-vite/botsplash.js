import { provideWasm } from "botsplash/slim";
import url from "botsplash/botsplash.wasm?url";

provideWasm(() => fetch(url));

export * from "botsplash/slim";
