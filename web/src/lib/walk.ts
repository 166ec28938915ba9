// Walking through a list with j and k.
import { useEffect, useState } from "react";

const typing = (target: EventTarget | null) =>
  target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT|BUTTON)$/.test(target.tagName);

/** The place in a list of `length`; other keys go to `act`, which says whether it took them. */
export function useWalk(length: number, act: (key: string, at: number) => boolean) {
  const [at, setAt] = useState(0);
  const held = Math.min(at, Math.max(0, length - 1));
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const busy = event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented;
      if (busy || (typing(event.target) && !["j", "k"].includes(event.key))) return;
      if (event.target instanceof HTMLElement && event.target.closest("input, textarea, dialog"))
        return;
      if (event.key === "j") setAt(Math.min(held + 1, length - 1));
      else if (event.key === "k") setAt(Math.max(held - 1, 0));
      else if (act(event.key, held)) event.preventDefault(); // else the letter is typed as well
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, [held, length, act]);
  return [held, setAt] as const;
}
