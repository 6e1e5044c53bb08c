// One thing at a time, and the page says what went wrong.
import { make } from "./dom.ts";

export const alarm = make("p", { className: "alarm", role: "alert" });
export const said = make("p", { className: "said quiet", role: "status" });

let busy = false;

export type Action = () => unknown;

export const run = async (action: Action): Promise<void> => {
  if (busy) return;
  busy = true;
  alarm.textContent = "";
  said.replaceChildren();
  try {
    await action();
  } catch (error) {
    alarm.textContent = error instanceof TypeError ? "The relay cannot be reached." : (error as Error).message;
  } finally {
    busy = false;
  }
};

export const button = (text: string, onclick: Action, props: Partial<HTMLButtonElement> = {}): HTMLButtonElement =>
  make("button", { type: "button", onclick: () => run(onclick), ...props }, text);
