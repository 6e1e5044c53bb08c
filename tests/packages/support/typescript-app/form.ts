import "botsplash/form-auto.js";
import { enhance, type FormEvents } from "botsplash/form";

for (const form of document.forms) enhance(form);
document.querySelectorAll("form").forEach(enhance);

// @ts-expect-error A selector is not a form.
enhance("form");
// @ts-expect-error There may be none.
enhance(document.querySelector("form"));

document.addEventListener("botsplash:sent", ({ detail }) => console.log(detail.requestId));
document.addEventListener("botsplash:refused", ({ detail: { status, field } }) => console.log(status + 1, field));
type Waiting = FormEvents["botsplash:waiting"]["detail"]["waitMs"];
const waitMs: Waiting = 1000;
console.log(waitMs);
