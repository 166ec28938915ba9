import { useQuery } from "@tanstack/react-query";
import { get } from "@/api/client";
import type { Network } from "@/api/types";

export const CAP = 1500; // identities drawn at once; more is a picture of nothing

export const useNetwork = (id: string | undefined, depth: number) =>
  useQuery({
    queryKey: ["network", id, depth],
    queryFn: () => get<Network>("network", { id, depth, limit: CAP }),
  });
