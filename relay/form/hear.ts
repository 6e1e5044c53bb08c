/** Hears events of the page before anybody else does; asked twice, it hears once. */
export const hear = (types: string, listener: (event: never) => void, how = addEventListener) => {
  for (const type of types.split(" ")) how(type, listener as EventListener, true);
};
