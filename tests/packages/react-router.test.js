import { testFramework } from "./support/framework.js";

testFramework("React Router", "react-router");
