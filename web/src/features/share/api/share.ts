import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { get, post } from "@/api/client";
import type { FormatName, Shared } from "@/api/types";

export const useFormats = () =>
  useQuery({ queryKey: ["formats"], queryFn: () => get<FormatName[]>("formats") });

export function useShare() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { format: string; to: string; purpose: string }) =>
      post<Shared>("share", body),
    onSuccess: () => client.invalidateQueries({ queryKey: ["status"] }),
  });
}
