import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { get } from "@/api/client";
import type { Custody } from "@/api/types";

export const PAGE = 100;

/** The log is kept oldest first; `back` counts entries from its newest end. */
export const useCustody = (total: number | undefined, back: number) =>
  useQuery({
    queryKey: ["custody", total, back],
    queryFn: () => {
      const last = Math.max(0, (total ?? 0) - back);
      const offset = Math.max(0, last - PAGE);
      return get<Custody>("custody", { limit: Math.max(1, Math.min(PAGE, last)), offset });
    },
    enabled: total !== undefined,
    placeholderData: keepPreviousData,
  });
