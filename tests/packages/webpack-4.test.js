import { testBundler } from "./support/bundler.js";

// It knows neither `exports` nor syntax younger than 2019, and takes the package as it comes.
testBundler("webpack 4", "webpack-4");
