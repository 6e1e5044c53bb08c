/**
 * A form as its class made it. Its inputs may be called `elements`, `reset` or `addEventListener`: the form itself then
 * answers with the input.
 */
export const own = (form: HTMLFormElement): HTMLFormElement =>
  new Proxy(form, {
    get: (_, name) => {
      const value = Reflect.get(HTMLFormElement.prototype, name, form);
      return typeof value === "function" ? value.bind(form) : value;
    },
  });

/** The form's fields, wherever in the page they stand. */
export const fieldsOf = (form: HTMLFormElement) => [...own(form).elements] as HTMLInputElement[];
