/** The one element that fits; the page's own markup must have it. */
export const one = <E extends HTMLElement>(selector: string, within: ParentNode = document): E => {
  const found = within.querySelector<E>(selector);
  if (!found) throw new Error(`The page has no ${selector}`);
  return found;
};

/** A new element. Text is only ever text: nothing here is parsed as markup. */
export const make = <K extends keyof HTMLElementTagNameMap>(
  tag: K,
  text?: string,
  className?: string,
): HTMLElementTagNameMap[K] => {
  const element = document.createElement(tag);
  if (text !== undefined) element.textContent = text;
  if (className !== undefined) element.className = className;
  return element;
};

/** Sets a text only if it is another one, so that a screen reader is not told twice. */
export const say = (element: HTMLElement, text: string) => {
  if (element.textContent !== text) element.textContent = text;
};

/** JSON laid out for reading; anything else as it is. */
export const readable = (text: string) => {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
};
