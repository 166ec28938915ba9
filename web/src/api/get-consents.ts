import { useQuery } from "@tanstack/react-query";
import { get } from "@/api/client";
import type { Consents } from "@/api/types";

export const useConsents = () =>
  useQuery({ queryKey: ["consents"], queryFn: () => get<Consents>("consents") });
