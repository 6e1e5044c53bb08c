import { testBundler } from "./support/bundler.js";

testBundler("Rollup", "rollup");
