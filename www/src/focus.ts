import { useEffect, useRef } from "preact/hooks";

/**
 * Moves the focus when a call is over. It goes to what is wrong, or back to where it began if the button that had it is
 * gone.
 * @returns for the element within which all that is
 */
export const useSettledFocus = <E extends HTMLElement>(isRunning: boolean) => {
  const place = useRef<E>(null);
  const wasRunning = useRef(false);
  useEffect(() => {
    const isOver = wasRunning.current && !isRunning;
    wasRunning.current = isRunning;
    if (!isOver || !place.current) return;
    const wrong = place.current.querySelector<HTMLElement>('[aria-invalid="true"]');
    const folded = wrong?.closest("details");
    if (folded) folded.open = true;
    if (wrong) wrong.focus();
    else if (document.activeElement === document.body)
      place.current.querySelector<HTMLElement>("[type=submit]")?.focus({ preventScroll: true });
  }, [isRunning]);
  return place;
};
