// Pages and edge workers tell nothing of how a fetch failed: connect-error.ts is for all others.

export const connectedOnce = (): void => {};

export const neverConnected = (): boolean => false;
