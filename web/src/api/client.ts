// Asks the service, stating the purpose in force with every request.
import type { Refusal } from "./types";

export class RefusedError extends Error {
  constructor(
    readonly status: number,
    readonly refusal: Refusal,
  ) {
    super(refusal.what);
  }
}

type Value = string | number | undefined | null;

const KEY = "palermo-purpose";

/** The purpose that the user stated for this sitting; "" is the authority's. */
export const purpose = {
  get: () => sessionStorage.getItem(KEY) ?? "",
  set: (words: string) => sessionStorage.setItem(KEY, words.trim()),
};

export function get<T>(path: string, params: Record<string, Value> = {}): Promise<T> {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params))
    if (value !== undefined && value !== null && value !== "") query.set(name, String(value));
  const asked = query.size ? `?${query}` : "";
  return ask<T>(`/api/${path}${asked}`, { method: "GET" });
}

export function post<T>(path: string, body: object): Promise<T> {
  return ask<T>(`/api/${path}`, {
    method: "POST",
    body: JSON.stringify(body),
    headers: { "Content-Type": "application/json" },
  });
}

/** Bytes with their headers; a POST where there is a body. */
export function bytes(
  path: string,
  params: Record<string, string>,
  body?: object,
): Promise<Response> {
  if (!body) return respond(`/api/${path}?${new URLSearchParams(params)}`, { method: "GET" });
  return respond(`/api/${path}`, {
    method: "POST",
    body: JSON.stringify(body),
    headers: { "Content-Type": "application/json" },
  });
}

async function ask<T>(path: string, init: RequestInit): Promise<T> {
  const response = await respond(path, init);
  if (response.status === 204) return undefined as T;
  const answer: unknown = await response.json().catch(() => unreachable);
  return answer as T;
}

async function respond(path: string, init: RequestInit): Promise<Response> {
  const headers = new Headers(init.headers);
  if (purpose.get()) headers.set("Palermo-Purpose", encodeURIComponent(purpose.get()));
  let response: Response;
  try {
    response = await fetch(path, { ...init, headers, credentials: "same-origin" });
  } catch {
    throw new RefusedError(0, unreachable);
  }
  if (response.ok) return response;
  const answer: unknown = await response.json().catch(() => unreachable);
  throw new RefusedError(response.status, answer as Refusal);
}

const unreachable: Refusal = {
  error: "unreachable",
  what: "The workbench has lost its service",
  why: "`palermo serve` does not answer any more",
  next: "Start it again and open the address that it prints",
};
