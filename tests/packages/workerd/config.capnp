using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "worker", worker = .worker),
    (name = "loopback", network = (allow = ["local"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "worker")],
);

const worker :Workerd.Worker = (
  modules = [
    (name = "worker.js", esModule = embed "dist/worker.js"),
    (name = "botsplash.wasm?module", wasm = embed "node_modules/botsplash/dist/botsplash.wasm"),
  ],
  bindings = [
    (name = "baseUrl", fromEnvironment = "API_URL"),
    (name = "username", fromEnvironment = "API_USERNAME"),
    (name = "password", fromEnvironment = "API_PASSWORD"),
  ],
  compatibilityDate = "2026-10-01",
  globalOutbound = "loopback",
);
