/** An element of this page, with these properties. */
export const create = <Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  properties?: Partial<HTMLFormElement & HTMLInputElement>,
): HTMLElementTagNameMap[Name] => Object.assign(document.createElement(name), properties);
