// For pages without modules: `<script src="form-auto.js" defer></script>`.
import { enhance } from "./form.ts";
import { hear } from "./hear.ts";
import { own } from "./own.ts";

const FORM = "form[data-botsplash]";

/** Forms that come later are found when somebody enters them, or at the latest when they are submitted. */
const onEvent = ({ target }: Event) => {
  const form = own(target as HTMLFormElement).closest<HTMLFormElement>(FORM);
  if (form) enhance(form);
};

for (const form of document.querySelectorAll<HTMLFormElement>(FORM)) enhance(form);
hear("focusin submit", onEvent);
