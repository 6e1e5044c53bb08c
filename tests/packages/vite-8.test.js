import { testVite } from "./support/vite.js";

testVite("8");
