import { hear } from "./hear.ts";

/** A button that submits a form. */
export type Submitter = HTMLButtonElement | HTMLInputElement;

/** What was clicked last. A submit without `submitter` (Safari before 15.4) came from there: Enter clicks a button too. */
let clicked: Element | undefined;

const onClick = (event: Event) => {
  clicked = event.composedPath()[0] as Element;
};

export const watchClicks = () => hear("click", onClick);

/** @returns the button by which the form is submitted, if it is one */
export const submitterOf = ({ submitter, target }: SubmitEvent) => {
  if (submitter !== undefined) return submitter as Submitter | null;
  const button = clicked?.closest<Submitter>("button,input");
  return button?.form === target && /submit|image/.test(button.type) ? button : null;
};
