import { testBundler } from "./support/bundler.js";

testBundler("Rolldown", "rolldown");
