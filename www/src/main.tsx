// Brings the parts of the page to life that need it; the rest is in index.html.
import { effect } from "@preact/signals";
import { type ComponentChild, render } from "preact";
import { Explorer } from "./explorer/Explorer.tsx";
import { Lead } from "./lead/Lead.tsx";
import { Scenarios } from "./lead/Scenarios.tsx";
import { Targets } from "./target/Targets.tsx";
import { target } from "./target/target.ts";
import { refresh } from "./target/texts.ts";
import { setUpTheme } from "./theme.ts";

const show = (id: string, part: ComponentChild) => {
  const place = document.getElementById(id);
  if (!place) throw new Error(`The page has no #${id}`);
  place.replaceChildren();
  render(part, place);
};

show("targets", <Targets />);
show("lead", <Lead />);
show("scenarios", <Scenarios />);
show("explorer", <Explorer />);
setUpTheme(document.querySelector<HTMLButtonElement>("#theme")!);

// Each place has a phone of its own.
effect(() => {
  void target.value;
  void refresh();
});
