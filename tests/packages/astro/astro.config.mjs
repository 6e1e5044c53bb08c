import node from "@astrojs/node";

export default { adapter: node({ mode: "standalone" }), server: { host: "127.0.0.1", port: 0 } };
