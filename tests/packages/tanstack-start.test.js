import { testFramework } from "./support/framework.js";

testFramework("TanStack Start", "tanstack-start");
