import { useQuery } from "@tanstack/react-query";
import { get } from "@/api/client";
import type { Movements, Timeline } from "@/api/types";

export const CAP = 3000; // events drawn at once

export const useTimeline = (id: string | undefined) =>
  useQuery({
    queryKey: ["timeline", id],
    queryFn: () => get<Timeline>("timeline", { id, limit: CAP }),
  });

export const useMovements = (id: string | undefined) =>
  useQuery({
    queryKey: ["movements", id],
    queryFn: () => get<Movements>("movements", { id }),
    enabled: Boolean(id),
  });
