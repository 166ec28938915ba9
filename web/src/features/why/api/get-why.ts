import { useQuery } from "@tanstack/react-query";
import { get } from "@/api/client";
import type { Why } from "@/api/types";

export const useWhy = (id: string) =>
  useQuery({ queryKey: ["why", id], queryFn: () => get<Why>("why", { id }) });
