import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { get, post } from "@/api/client";
import type { FormatName, Preview, Shared } from "@/api/types";

export const useFormats = () =>
  useQuery({ queryKey: ["formats"], queryFn: () => get<FormatName[]>("formats") });

export interface Asked {
  format: string;
  to: string;
  purpose: string;
}

export const usePreview = () =>
  useMutation({ mutationFn: (body: Asked) => post<Preview>("preview", body) });

export function useShare() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Asked) => post<Shared>("share", body),
    onSuccess: () => client.invalidateQueries({ queryKey: ["status"] }),
  });
}
