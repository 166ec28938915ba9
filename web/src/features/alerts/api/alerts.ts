import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { get, post } from "@/api/client";
import type { Alerts, Watches } from "@/api/types";

export const useAlerts = () =>
  useQuery({ queryKey: ["alerts"], queryFn: () => get<Alerts>("alerts") });

export const useWatches = () =>
  useQuery({ queryKey: ["watches"], queryFn: () => get<Watches>("watches") });

/** An act on watches or alerts; what rests on them is asked for anew. */
export function useAct<T extends object>(path: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: T) => post<Watches | Alerts>(path, body),
    onSuccess: () => client.invalidateQueries(),
  });
}
