import type { RelayRefusal } from "./events.ts";
import { tell, wordsFor } from "./news.ts";
import { fieldsOf } from "./own.ts";

/** Tells that a lead is refused, and where: in the words of the field, of the form, or else of the relay. */
export const refuse = (form: HTMLFormElement, refusal: RelayRefusal, isTyped: boolean) => {
  const { message, field: path } = refusal;
  const field = fieldsOf(form).find(({ name }) => name === path?.split(".").pop());
  if (field) {
    field.ariaInvalid = "true";
    if (!isTyped) field.focus();
  }
  const words = field?.getAttribute("data-refused") ?? wordsFor(form, "refused");
  tell(form, "refused", refusal, words || message || wordsFor(form, "failed"));
};
