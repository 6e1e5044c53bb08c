import { testBundler } from "./support/bundler.js";

testBundler("webpack", "webpack");
