import { useQuery } from "@tanstack/react-query";
import { get } from "@/api/client";
import type { Shown } from "@/api/types";

/** Anything by its id: an event, a claim, a link, a finding, an exhibit, an identity, a value. */
export const useShown = (id: string | undefined) =>
  useQuery({
    queryKey: ["show", id],
    queryFn: () => get<Shown>("show", { id }),
    enabled: Boolean(id),
  });
