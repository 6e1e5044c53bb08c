// Which folder may import which. A path that ends in `.ts` is a file, any other a folder or the file of its name;
// `*` stands for one name. The longest pattern that fits a file is its layer.

/** The files that a relay's folders share: options, fields, time. */
const RELAY_BASE = ["relay/*.ts"];

/** The parts of every command. */
const COMMAND_BASE = [
  "command/failure.ts",
  "command/terminal.ts",
  "command/nearest.ts",
  "command/define.ts",
  "command/version.ts",
];

/** @type {Record<string, string[]>} by layer, the layers below it that it uses */
export const layers = {
  "openapi.json": [],

  // The crate: no input or output below the client, no operation by name below the api, no JavaScript below fetch.
  "src/error": [],
  "src/core": ["src/error"],
  "src/api": ["src/error", "src/core"],
  "src/client": ["src/error", "src/core"],
  "src/fetch": ["src/error", "src/core", "src/client"],
  "src/reqwest": ["src/error", "src/core", "src/client"],
  "src/interop": [],
  "src/js": ["src/error", "src/core", "src/api", "src/client", "src/fetch"],
  "src/lib": ["src/error", "src/core", "src/api", "src/client", "src/fetch", "src/interop", "src/reqwest", "src/js"],

  // The package's entry files, on top of what the crate brings.
  "pkg-template": ["src/fetch", "src/js"],

  // The sandbox knows the description of the API, and never the crate: it is the second opinion.
  sandbox: ["openapi.json"],

  "relay/*.ts": [],
  "relay/form": [],
  "relay/outbox": RELAY_BASE,
  "relay/check-options.ts": [...RELAY_BASE, "relay/outbox"],
  "relay/options.ts": [...RELAY_BASE, "relay/outbox", "relay/check-options.ts"],
  "relay/ingress": [...RELAY_BASE, "relay/outbox", "relay/options.ts"],
  "relay/node": [...RELAY_BASE, "relay/outbox"],
  "relay/index.ts": [...RELAY_BASE, "relay/outbox", "relay/options.ts", "relay/ingress"],

  // A command is a file; a folder of the same name holds what it is made of. The others may use what reads and compares
  // descriptions of the API, and nothing else of each other.
  "command/failure.ts": [],
  "command/terminal.ts": [],
  "command/nearest.ts": [],
  "command/version.ts": [],
  "command/define.ts": ["command/failure.ts", "command/terminal.ts", "command/nearest.ts"],
  "command/account.ts": [...COMMAND_BASE, "command/contract/"],
  "command/contract/": [...COMMAND_BASE, "openapi.json"],
  "command/*/": [
    ...COMMAND_BASE,
    "command/account.ts",
    "command/contract/",
    "openapi.json",
    "sandbox",
    "relay/index.ts",
    "relay/node",
    "relay/options.ts",
    "relay/check-options.ts",
    "relay/outbox",
    "relay/*.ts",
  ],
  command: [...COMMAND_BASE, "command/account.ts", "command/contract/", "command/*/", "sandbox"],

  // The page.
  "www/src/*.ts": [],
  "www/src/contract": ["openapi.json"],
  "www/src/target": ["www/src/*.ts"],
  "www/src/code": ["www/src/contract", "www/src/target"],
  "www/src/phone": ["www/src/target"],
  "www/src/lead": ["www/src/*.ts", "www/src/target", "www/src/phone"],
  "www/src/explorer": [
    "www/src/*.ts",
    "www/src/contract",
    "www/src/target",
    "www/src/code",
    "www/src/phone",
    "www/src/lead",
    "command/contract/",
  ],
  "www/src/main.tsx": ["www/src/*.ts", "www/src/target", "www/src/lead", "www/src/explorer"],
  "www/build": ["www/src/code"],
  "www/vite.config.ts": ["www/build"],

  // A script in scripts/ is a command; a folder of the same name holds what it is made of.
  "scripts/lib": ["relay/node", "relay/outbox", "sandbox", "tests/simulation/"],
  "scripts/build": ["scripts/lib"],
  "scripts/chaos": ["scripts/lib", "sandbox", "relay/outbox"],
  "scripts/contract": ["scripts/lib", "command/contract/"],
  "scripts/demo": ["scripts/lib", "sandbox"],
  "scripts/first-week": ["scripts/lib"],
  "scripts/readme": ["scripts/lib"],
  "scripts/site": ["scripts/lib", "scripts/build", "scripts/readme", "www/src/code", "www/src/contract"],
  "scripts/release": ["scripts/lib", "scripts/build"],
  "scripts/test": ["scripts/lib"],
  scripts: [
    "scripts/lib",
    "scripts/build",
    "scripts/chaos",
    "scripts/contract",
    "scripts/demo",
    "scripts/first-week",
    "scripts/readme",
    "scripts/site",
    "scripts/release",
    "scripts/test",
    "command/contract/",
    "tests/simulation/",
  ],
  // The command that plays it; the simulation itself is a test.
  "tests/simulation/": [],

  "bench/lib": ["scripts/lib"],
  "bench/peers": ["pkg-template", "src/fetch", "src/js"],
  bench: ["bench/lib", "bench/peers", "scripts", "scripts/lib", "scripts/build"],
};
