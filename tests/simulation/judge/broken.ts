// A rule that does not hold.

export class Broken extends Error {
  override readonly name = "Broken";
}

export const broken = (what: string): never => {
  throw new Broken(what);
};
