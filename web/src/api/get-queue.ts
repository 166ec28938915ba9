import { useQuery } from "@tanstack/react-query";
import { get } from "@/api/client";
import type { Queue } from "@/api/types";

/** What waits for a decision, most urgent first; risk to life or to a child stands on top. */
export const useQueue = (limit = 200) =>
  useQuery({ queryKey: ["queue", limit], queryFn: () => get<Queue>("queue", { limit }) });
