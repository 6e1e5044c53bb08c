import { testBundler } from "./support/bundler.js";

testBundler("Parcel 2", "parcel");
