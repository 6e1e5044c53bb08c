import type { RelayRefusal } from "./events.ts";
import { tell, wordsFor } from "./news.ts";
import { fieldsOf, own } from "./own.ts";

/** Tells that a lead is refused, and where: in the words of the field, of the form, or else of the relay. */
export const refuse = (form: HTMLFormElement, refusal: RelayRefusal, isTyped: boolean) => {
  const { code, message, field: path } = refusal;
  const field = fieldsOf(form).find(({ name }) => name && name === path?.split(".").pop());
  field?.setAttribute("aria-invalid", "true");
  if (!isTyped) field?.focus();
  const words = field?.getAttribute("data-refused") ?? own(form).getAttribute(`data-refused-${code}`);
  tell(form, "refused", refusal, words ?? (wordsFor(form, "refused") || message || wordsFor(form, "failed")));
};
