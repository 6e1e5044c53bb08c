// Elements. Every value of a lead is set as text, never as markup.

type Props<Name extends keyof HTMLElementTagNameMap> = Partial<Omit<HTMLElementTagNameMap[Name], "style">>;

export const make = <Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  props: Props<Name> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Name] => {
  const element = Object.assign(document.createElement(name), props);
  element.append(...children);
  return element;
};

/** Gives it a name under which the focus finds it again when the page is drawn anew. */
export const focusable = <T extends HTMLElement>(element: T, name: string): T => {
  element.dataset["focus"] = name;
  return element;
};
