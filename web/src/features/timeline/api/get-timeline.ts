import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { get } from "@/api/client";
import type { Movements, Timeline } from "@/api/types";

export const CAP = 10_000; // events drawn at once
const PAGE = 2500;

/** Up to `CAP` events, read page by page; with `since` and `until`, those of this time. */
export const useTimeline = (
  id: string | undefined,
  since: string | undefined,
  until: string | undefined,
) =>
  useQuery({
    queryKey: ["timeline", id, since, until],
    queryFn: async () => {
      const time = {
        since: since && `${since}T00:00:00Z`,
        until: until && `${until}T23:59:59.999Z`,
      };
      const read = (offset: number) =>
        get<Timeline>("timeline", { id, ...time, limit: PAGE, offset });
      const { events, total } = await read(0);
      while (events.length < Math.min(total, CAP)) {
        const page = await read(events.length);
        if (!page.events.length) break;
        events.push(...page.events);
      }
      return { events, total };
    },
    placeholderData: keepPreviousData,
  });

export const useMovements = (id: string | undefined) =>
  useQuery({
    queryKey: ["movements", id],
    queryFn: () => get<Movements>("movements", { id }),
    enabled: Boolean(id),
  });
