import { hear } from "./hear.ts";

/** A button that submits a form. */
export type Submitter = HTMLButtonElement | HTMLInputElement;

/** The last click. A submit without `submitter` (Safari before 15.4) came from there: Enter clicks a button too. */
export let clicked: Submitter | null | undefined;

const onClick = ({ target }: { target: Element }) => {
  clicked = target.closest<Submitter>("button,input");
};

export const watchClicks = () => hear("click", onClick);
