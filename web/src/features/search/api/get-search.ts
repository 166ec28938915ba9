import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { get } from "@/api/client";
import type { Found } from "@/api/types";

export const PAGE = 25;

export interface Asked {
  words: string;
  kind?: string | undefined;
  place?: string | undefined;
  site?: string | undefined;
  since?: string | undefined;
  until?: string | undefined;
  offset?: number | undefined;
}

export const useFound = (asked: Asked) =>
  useQuery({
    queryKey: ["search", asked],
    queryFn: () =>
      get<Found>("search", {
        ...asked,
        since: asked.since && `${asked.since}T00:00:00Z`,
        until: asked.until && `${asked.until}T23:59:59Z`,
        limit: PAGE,
      }),
    placeholderData: keepPreviousData,
  });
