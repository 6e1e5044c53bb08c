import { parts } from "../build/notices.js";
import { version } from "../build/version.js";

/** @returns {Promise<string>} a CycloneDX document of whose work the npm package contains, in its order and without a date */
export const sbom = async () => {
  const components = (await parts()).map((part) => ({
    type: "library",
    name: part.name,
    version: part.version,
    purl: `pkg:${part.from}/${part.name.replace("@", "%40")}@${part.version}`,
    licenses: [{ expression: part.license }],
  }));
  const document = {
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    version: 1,
    metadata: {
      component: { type: "library", name: "botsplash", version: version(), purl: `pkg:npm/botsplash@${version()}` },
    },
    components,
  };
  return `${JSON.stringify(document, null, 2)}\n`;
};
