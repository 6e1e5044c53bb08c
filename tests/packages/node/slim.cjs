const { readFileSync } = require("node:fs");
const { Botsplash, isBotsplashError, provideWasm } = require("botsplash/slim");
const { submit } = require("./submit.cjs");

provideWasm(() => readFileSync(require.resolve("botsplash/botsplash.wasm")));
submit(Botsplash, isBotsplashError);
