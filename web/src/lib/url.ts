// Addresses of the views; an id may hold slashes and marks, so it is always encoded.
import { useCallback } from "react";
import { useLocation, useSearchParams } from "wouter";

export const itemUrl = (id: string) => `/item/${encodeURIComponent(id)}`;
export const whyUrl = (id: string) => `/why/${encodeURIComponent(id)}`;

export function withParams(path: string, params: Record<string, string | number | undefined>) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params))
    if (value !== undefined && value !== "") query.set(name, String(value));
  return query.size ? `${path}?${query}` : path;
}

/** The id behind "/item/" or "/why/", read from the address itself: the router decodes it twice. */
export function useId(): string {
  useLocation();
  const encoded = window.location.pathname.split("/").slice(2).join("/");
  try {
    return decodeURIComponent(encoded);
  } catch {
    return encoded;
  }
}

type Change = Record<string, string | number | undefined>;

/** The query's parameters, and a function that changes some of them ("" takes one away). */
export function useParams(): [URLSearchParams, (change: Change, replace?: boolean) => void] {
  const [params, setParams] = useSearchParams();
  const change = useCallback(
    (wanted: Change, replace = false) =>
      setParams(
        (before) => {
          const next = new URLSearchParams(before);
          for (const [name, value] of Object.entries(wanted))
            if (value === undefined || value === "") next.delete(name);
            else next.set(name, String(value));
          return next;
        },
        { replace },
      ),
    [setParams],
  );
  return [params, change];
}
