/** Hears events of the page before anybody else does. Asked twice, it hears once. */
export const hear = (types: string, listener: (event: never) => void) => {
  for (const type of types.split(" ")) addEventListener(type, listener as EventListener, true);
};
