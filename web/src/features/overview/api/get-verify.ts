import { useQuery } from "@tanstack/react-query";
import { get } from "@/api/client";
import type { Verified } from "@/api/types";

/** Reads every sealed byte again, so only when it is asked for. */
export const useVerify = () =>
  useQuery({ queryKey: ["verify"], queryFn: () => get<Verified>("verify"), enabled: false });
