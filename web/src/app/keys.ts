// Keys that work everywhere: "/" searches; "g" then a letter goes to a view.
import { useEffect } from "react";
import { useLocation } from "wouter";

const PLACES: Record<string, string> = {
  o: "/",
  s: "/search",
  t: "/timeline",
  n: "/network",
  a: "/alerts",
  r: "/review",
  e: "/exhibits",
  p: "/problems",
  c: "/custody",
};

export const typing = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

export function useKeys(search: () => void) {
  const [, go] = useLocation();
  useEffect(() => {
    let waiting = false;
    const press = (event: KeyboardEvent) => {
      if (typing(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
      const place = waiting ? PLACES[event.key] : undefined;
      waiting = event.key === "g" && !waiting && !event.defaultPrevented;
      if (place) {
        event.preventDefault();
        event.stopImmediatePropagation();
        go(place);
      } else if (event.key === "/") {
        event.preventDefault();
        search();
      }
    };
    window.addEventListener("keydown", press, { capture: true });
    return () => window.removeEventListener("keydown", press, { capture: true });
  }, [go, search]);
}
