import { testBundler } from "./support/bundler.js";

testBundler("Rspack", "rspack");
