// Trades the token in the address for a cookie that no script can read, and cleans the address.
import { get, post } from "@/api/client";
import type { Session } from "@/api/types";

export async function openSession(): Promise<Session> {
  const token = new URLSearchParams(window.location.hash.slice(1)).get("token");
  if (token) {
    await post<void>("session", { token });
    const { pathname, search } = window.location;
    window.history.replaceState(null, "", pathname + search);
  }
  return get<Session>("session");
}
