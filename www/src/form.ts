import { make, one } from "./dom";

/** What a form holds under a name; nothing for a field left empty. */
export type Values = (name: string) => string | undefined;

/** A form whose fields are named by the path that the client knows them by. */
export const formOf = (section: HTMLElement) => {
  const form = one<HTMLFormElement>("form", section);
  const submit = one<HTMLButtonElement>("button[type=submit]", form);
  const cancel = one<HTMLButtonElement>(".cancel", form);

  const unmark = () => {
    for (const input of form.querySelectorAll("[aria-invalid]")) {
      input.removeAttribute("aria-invalid");
      input.removeAttribute("aria-describedby");
    }
    for (const note of form.querySelectorAll(".wrong")) note.remove();
  };

  return {
    values(): Values {
      const data = new FormData(form);
      return (name) => String(data.get(name) ?? "") || undefined;
    },

    /** @param run makes the call; the form is busy until it ends */
    onSubmit(run: (signal: AbortSignal) => Promise<void>) {
      form.addEventListener("submit", async (event) => {
        event.preventDefault();
        if (submit.disabled) return;
        unmark();
        const controller = new AbortController();
        const abort = () => controller.abort();
        submit.disabled = true;
        cancel.hidden = false;
        cancel.addEventListener("click", abort);
        try {
          await run(controller.signal);
        } finally {
          cancel.removeEventListener("click", abort);
          // A button that vanishes takes the focus with it.
          const lost = [cancel, submit, document.body].includes(document.activeElement as HTMLElement);
          submit.disabled = false;
          cancel.hidden = true;
          if (lost) submit.focus({ preventScroll: true });
        }
      });
    },

    /** Shows what is wrong beside the field, and goes there. */
    mark(field: string, problem: string) {
      const input = form.elements.namedItem(field);
      if (!(input instanceof HTMLInputElement || input instanceof HTMLTextAreaElement)) return;
      const note = make("p", problem, "wrong");
      note.id = `${input.id}-wrong`;
      input.after(note);
      input.setAttribute("aria-invalid", "true");
      input.setAttribute("aria-describedby", note.id);
      input.focus();
    },
  };
};
