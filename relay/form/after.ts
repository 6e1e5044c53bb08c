/**
 * A time to wait.
 * @param ms at most
 * @param hand is given what ends it sooner
 */
export const after = (ms: number, hand?: (end: (why?: boolean) => void) => void) =>
  new Promise<boolean | undefined>((resolve) => {
    hand?.(resolve);
    setTimeout(resolve, ms);
  });
