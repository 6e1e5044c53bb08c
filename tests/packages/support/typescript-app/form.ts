import "botsplash/form-auto.js";
import { enhance } from "botsplash/form";

for (const form of document.forms) enhance(form);
document.querySelectorAll("form").forEach(enhance);

// @ts-expect-error A selector is not a form.
enhance("form");
// @ts-expect-error There may be none.
enhance(document.querySelector("form"));
