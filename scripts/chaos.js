// Bad days for the relay: what becomes of a thousand leads, one in ten submitted twice. The relay runs in
// workerd, and the sandbox's record of who was texted is the judge.
import { build } from "./build.js";
import { runAsScript, Trouble } from "./lib/run.js";

const main = async () => {
  await build();
  const { FULL, runAll } = await import("./chaos/trial.js");
  const { scenarios } = await import("./chaos/scenarios.js");
  console.log(`${FULL.leads} leads, one in ten submitted twice; outages of ${FULL.outageMs / 1000} s`);
  console.log(line("", "delivered", "duplicated", "lost", "for review", "seconds"));
  const broken = [];
  for await (const row of runAll(scenarios, FULL)) {
    const { name, delivered, duplicated, lost, parked, seconds } = row;
    console.log(line(name, delivered, duplicated, lost, parked, seconds.toFixed(1)));
    broken.push(...row.broken.map((promise) => `${name}: ${promise}`));
  }
  if (broken.length > 0) throw new Trouble(broken.join("\n"));
};

/** @param {string} name @param {...unknown} cells */
const line = (name, ...cells) => name.padEnd(32) + cells.map((cell) => String(cell).padStart(12)).join("");

await runAsScript(import.meta, main);
