import { createLogger, defineConfig, type ProxyOptions } from "vite";

/** A connection that the sandbox tears is torn for the page too, instead of becoming a 502. */
const passBreaksOn: ProxyOptions["configure"] = (proxy) => {
  proxy.on("error", (_error, _request, response) => response.destroy());
};

// Those breaks are asked for in the page: nobody needs to read of them in the terminal.
const logger = createLogger("warn", { allowClearScreen: false });
const quiet = { ...logger, error: (message: string, options?: Parameters<typeof logger.error>[1]) => {
  if (!message.includes("http proxy error")) logger.error(message, options);
} };

export default defineConfig({
  customLogger: quiet,
  // Where the proxy leads is up to who serves the page: see scripts/lib/demo-server.js.
  server: { proxy: { "/relay": { configure: passBreaksOn } } },
  // Top-level await, and CSS that knows light and dark.
  build: { target: "es2022" },
});
