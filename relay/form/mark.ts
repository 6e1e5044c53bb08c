/**
 * Gives some of an element's attributes a value, or takes them away. Firefox knows the properties for those of ARIA since
 * 2023 alone.
 */
export const mark = (element: Element, value: unknown, ...names: string[]) => {
  for (const name of names) {
    if (value) element.setAttribute(name, `${value}`);
    else element.removeAttribute(name);
  }
};
