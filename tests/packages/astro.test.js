import { testFramework } from "./support/framework.js";

testFramework("Astro", "astro");
