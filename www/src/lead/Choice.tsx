interface Choosing<Name extends string> {
  legend: string;
  /** Of the group, within the page. */
  id: string;
  names: readonly Name[];
  chosen: Name;
  choose(name: Name): void;
  labelOf(name: Name): string;
  isPossible?(name: Name): boolean;
  /** The words about the one that is chosen. */
  story: string;
}

/** One of several, and the story of it. */
export const Choice = <Name extends string>({
  legend,
  id,
  names,
  chosen,
  choose,
  labelOf,
  isPossible = () => true,
  story,
}: Choosing<Name>) => (
  <fieldset class="conditions" aria-describedby={`${id}-story`}>
    <legend>{legend}</legend>
    <div class="chips">
      {names.map((name) => (
        <label key={name} class="chip">
          <input
            type="radio"
            name={id}
            value={name}
            checked={chosen === name}
            disabled={!isPossible(name)}
            onChange={() => choose(name)}
          />
          <span>{labelOf(name)}</span>
        </label>
      ))}
    </div>
    <p id={`${id}-story`} class="story" aria-live="polite">
      {story}
    </p>
  </fieldset>
);
