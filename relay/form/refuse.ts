import type { RelayRefusal } from "./events.ts";
import { tell, wordsFor } from "./news.ts";
import { fieldsOf, own } from "./own.ts";

/** Tells that a lead is refused, and where: in the words of the field, of the form, or else of the relay. */
export const refuse = (form: HTMLFormElement, refusal: RelayRefusal, typed = false) => {
  const { code, message, field: path } = refusal;
  const { getAttribute } = own(form);
  const field = fieldsOf(form).find(({ name }) => name && name === path?.split(".").pop());
  field?.setAttribute("aria-invalid", "true");
  if (!typed) field?.focus();
  const words =
    field?.getAttribute("data-refused") ??
    getAttribute(`data-refused-${code}`) ??
    getAttribute("data-refused") ??
    message ??
    wordsFor(form, "failed");
  tell(form, "refused", refusal, words);
};
