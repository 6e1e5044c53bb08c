import type { RelayRefusal } from "./events.ts";
import { mark } from "./mark.ts";
import { tell, wordsFor } from "./news.ts";
import { fieldsOf } from "./own.ts";

/** Tells that a lead is refused, and where: in the words of the field, of the form, or else of the relay. */
export const refuse = (form: HTMLFormElement, refusal: RelayRefusal, isTyped: boolean | undefined) => {
  const { message, field: path } = refusal;
  const field = fieldsOf(form).find(({ name }) => name === `${path}`.split(".").pop());
  let words = wordsFor(form, "refused");
  if (field) {
    mark(field, true, "aria-invalid");
    if (!isTyped) field.focus();
    words = wordsFor(field, "refused") || words;
  }
  tell(form, "refused", refusal, words || message || wordsFor(form, "failed"));
  return true;
};
