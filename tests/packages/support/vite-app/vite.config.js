// Only because there are two pages.
export default { build: { rollupOptions: { input: ["index.html", "worker.html"] } } };
