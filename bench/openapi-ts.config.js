// The hey-api client: its fetch client and SDK, with zod holding requests and answers to the contract.
export default {
  input: "../openapi.json",
  output: "../.cache/bench/hey-api",
  plugins: ["@hey-api/client-fetch", "zod", { name: "@hey-api/sdk", validator: true }],
  logs: { file: false },
};
