import { createLogger, defineConfig } from "vite";
import { prerender } from "./build/prerender.ts";

// The page asks for connections to be torn: the terminal need not tell of it each time.
const logger = createLogger("warn", { allowClearScreen: false });
const { error } = logger;
logger.error = (message, options) => {
  if (!message.includes("http proxy error")) error(message, options);
};

export default defineConfig({
  // Any folder of any host will do.
  base: "./",
  customLogger: logger,
  plugins: [prerender()],
  build: { target: "es2022", modulePreload: { polyfill: false } },
});
