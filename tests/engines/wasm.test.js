// The boundary to JavaScript, where the stage `wasm` has not been.
import assert from "node:assert/strict";
import test from "node:test";
import { capture } from "../../scripts/lib/run.js";

const wasmPack = ["wasm-pack", "test", "--headless", "--mode", "no-install"];

/** @type {[string, string[]][]} */
const engines = [
  ["Firefox", [...wasmPack, "--firefox"]],
  // To wasm-pack, which knows no other WebKit, its driver passes for Safari's.
  ["WebKit", ["xvfb-run", "--auto-servernum", ...wasmPack, "--safari", "--safaridriver", "/usr/bin/WebKitWebDriver"]],
];

for (const [name, [command, ...args]] of engines) {
  test(`tests/wasm.rs passes in ${name}`, async () => {
    // The runner's own patience, 20 seconds, ends too soon where two engines share a busy core.
    const env = { GECKODRIVER_ARGS: "--websocket-port=0", WASM_BINDGEN_TEST_TIMEOUT: "200" };
    const { code, output } = await capture(command, args, { env, timeoutMs: 300_000 });
    assert.equal(code, 0, output);
    // A runner that found nothing to run has proved nothing.
    assert.match(output, /^test result: ok\. [1-9]\d* passed; 0 failed/m);
  });
}
