import { testFramework } from "./support/framework.js";

testFramework("SvelteKit", "sveltekit");
